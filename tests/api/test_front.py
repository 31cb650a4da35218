"""What stands in front of the framework: one form of address, HEAD, headers on every answer, 304 without asking anyone."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.front import Front, Validators, is_loopback
from api.outgoing import Receive, Scope, Send

Asked = list[str]


class Inner:
    """An application that counts what reaches it."""

    def __init__(self) -> None:
        self.asked: Asked = []
        self.position = 7

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # an application takes all three
        self.asked.append(f"{scope['method']} {scope['path']}")
        if scope["path"].endswith("/broken"):
            msg = "secret detail"
            raise RuntimeError(msg)
        body = b'{"position":%d}' % self.position
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        if scope["method"] == "OPTIONS":
            headers.append((b"allow", b"GET, OPTIONS"))
        if not scope["path"].startswith("/health"):
            headers.append((b"log-position", b"%d" % self.position))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


@pytest.fixture
def inner() -> Inner:
    return Inner()


@pytest.fixture
async def client(inner: Inner) -> AsyncIterator[httpx.AsyncClient]:
    validators = Validators(lambda: inner.position, lambda: "2026-11-21", "v1")
    front = Front(inner, validators, loopback_only=True)
    transport = httpx.ASGITransport(app=front)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as found:
        yield found


async def test_a_trailing_slash_is_not_found_and_never_redirected(client: httpx.AsyncClient, inner: Inner) -> None:
    for path in ("/api/v1/members/", "/api/v1//members", "/api/"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["title"] == "Niet gevonden"
    assert inner.asked == []


async def test_head_is_get_without_its_body(client: httpx.AsyncClient, inner: Inner) -> None:
    got = await client.get("/api/v1/members")
    head = await client.head("/api/v1/members")
    assert inner.asked == ["GET /api/v1/members"] * 2
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["etag"] == got.headers["etag"]


async def test_what_did_not_change_is_answered_without_the_framework(client: httpx.AsyncClient, inner: Inner) -> None:
    tag = (await client.get("/api/v1/members")).headers["etag"]
    inner.asked.clear()
    again = await client.get("/api/v1/members", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, inner.asked) == (304, b"", [])
    assert again.headers["etag"] == tag
    assert again.headers["api-version"] == "1.0.0"


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "en"},
        {"Accept": "application/json"},
        {"Authorization": "Basic x"},
        {"Cookie": "a=b"},
    ],
)
async def test_another_variant_or_a_personal_answer_is_asked_anew(
    client: httpx.AsyncClient, inner: Inner, headers: dict[str, str]
) -> None:
    tag = (await client.get("/api/v1/members")).headers["etag"]
    inner.asked.clear()
    answer = await client.get("/api/v1/members", headers={"If-None-Match": tag, **headers})
    assert (answer.status_code, len(inner.asked)) == (200, 1)


async def test_a_next_position_is_a_next_answer(client: httpx.AsyncClient, inner: Inner) -> None:
    tag = (await client.get("/api/v1/members")).headers["etag"]
    inner.position = 8
    answer = await client.get("/api/v1/members", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


async def test_an_answer_for_one_person_or_without_a_position_is_not_kept(
    client: httpx.AsyncClient,
) -> None:
    personal = await client.get("/api/v1/members", headers={"Cookie": "a=b"})
    health = await client.get("/health/live")
    for answer in (personal, health):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


async def test_every_answer_carries_its_headers(client: httpx.AsyncClient) -> None:
    for path in ("/api/v1/members", "/api/v1/members/", "/api/v1/broken"):
        answer = await client.get(path)
        assert answer.headers["api-version"] == "1.0.0"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-request-id"]


async def test_the_id_of_a_request_is_taken_over_when_it_is_plain(client: httpx.AsyncClient) -> None:
    taken = await client.get("/health/live", headers={"X-Request-Id": "abc-1"})
    made = await client.get("/health/live", headers={"X-Request-Id": "a b"})
    assert taken.headers["x-request-id"] == "abc-1"
    assert len(made.headers["x-request-id"]) == 32


async def test_what_escapes_is_a_500_without_a_word_about_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/broken", headers={"Accept-Language": "en"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["detail"].startswith("Something went wrong")


async def test_the_demo_answers_to_this_machine_only(client: httpx.AsyncClient, inner: Inner) -> None:
    for host in ("example.org", "localhost.example.org", "127.0.0.1.example.org", ""):
        answer = await client.get("/", headers={"Host": host})
        assert answer.status_code == 421, host
    assert inner.asked == []
    for host in ("localhost:8000", "[::1]:8000", "127.0.0.1"):
        assert (await client.get("/health/live", headers={"Host": host})).status_code == 200


async def test_where_get_is_allowed_head_is_too(client: httpx.AsyncClient) -> None:
    answer = await client.options("/api/v1/members")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_loopback_is_this_machine() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.1.2.3", "localhost", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "10.0.0.1", "::", "", "127.0.0.1.x")))  # noqa: S104  # what must not pass
