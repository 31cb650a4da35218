// Reads a published log with the libraries of the Go project, and nothing of this one: golang.org/x/mod/sumdb/note and tlog.
//
//	referee DIRECTORY VKEY
//
// It ends with 1 and says which of the log's claims does not hold, or with 0 and what it looked at.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8   // of a tile, in levels of the tree
	wide   = 256 // hashes in a tile, entries in a bundle
	stride = 97  // every so many entries one is proven, besides those at the edges
)

// files reads the tiles of a log out of a directory.
type files struct {
	directory string
	partial   map[int]int // the width of the partial tile at each level, of those that were read
}

func (f *files) Height() int { return height }

func (f *files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		// This library writes the height into the name of a tile; the published form leaves it out.
		name := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
		raw, err := os.ReadFile(filepath.Join(f.directory, name))
		if err != nil {
			return nil, err
		}
		if tile.W < wide {
			f.partial[tile.L] = tile.W
		}
		found = append(found, raw)
	}
	return found, nil
}

func (f *files) SaveTiles([]tlog.Tile, [][]byte) {}

// opened is a signed note as the size and root that it is about.
func opened(path string, key note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	raw, err := os.ReadFile(path)
	if err != nil {
		return tree, err
	}
	said, err := note.Open(raw, note.VerifierList(key))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(said.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() || lines[3] != "" {
		return tree, errors.New("not an origin, a size and a root")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, errors.New("not a root")
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

// bundle is the entries first.. of a log, as many as `count`.
func bundle(directory string, first, count int64) ([][]byte, error) {
	tile := tlog.Tile{H: height, L: 0, N: first / wide, W: int(count)}
	name := "tile/entries/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/0/", height))
	raw, err := os.ReadFile(filepath.Join(directory, name))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(raw) >= 2 {
		length := int(binary.BigEndian.Uint16(raw))
		if len(raw) < 2+length {
			break
		}
		entries = append(entries, raw[2:2+length])
		raw = raw[2+length:]
	}
	if len(raw) != 0 || int64(len(entries)) != count {
		return nil, fmt.Errorf("%s does not hold %d entries", name, count)
	}
	return entries, nil
}

// hashed holds every entry against the lowest tiles, and proves some of them under the root.
func hashed(directory string, tree tlog.Tree, reader tlog.HashReader) (int, error) {
	proven := 0
	for first := int64(0); first < tree.N; first += wide {
		count := tree.N - first
		if count > wide {
			count = wide
		}
		entries, err := bundle(directory, first, count)
		if err != nil {
			return proven, err
		}
		var places []int64
		for at := range entries {
			places = append(places, tlog.StoredHashIndex(0, first+int64(at)))
		}
		hashes, err := reader.ReadHashes(places)
		if err != nil {
			return proven, err
		}
		for at, entry := range entries {
			position := first + int64(at)
			if tlog.RecordHash(entry) != hashes[at] {
				return proven, fmt.Errorf("entry %d is not the one that the tiles are over", position)
			}
			if position%stride != 0 && position < tree.N-2 && at != 0 {
				continue
			}
			if err := proof(tree, position, entry, reader); err != nil {
				return proven, fmt.Errorf("entry %d is not proven: %w", position, err)
			}
			proven++
		}
	}
	return proven, nil
}

func proof(tree tlog.Tree, position int64, entry []byte, reader tlog.HashReader) error {
	found, err := tlog.ProveRecord(tree.N, position, reader)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(found, tree.N, tree.Hash, position, tlog.RecordHash(entry))
}

// kept is every checkpoint that was kept, the smallest first; each must also be readable from the tiles of its own size.
func kept(directory string, key note.Verifier) ([]tlog.Tree, error) {
	names, err := filepath.Glob(filepath.Join(directory, "checkpoints", "*"))
	if err != nil {
		return nil, err
	}
	var trees []tlog.Tree
	for _, name := range names {
		if strings.Contains(filepath.Base(name), ".") {
			continue // lies beside a checkpoint
		}
		tree, err := opened(name, key)
		if err != nil {
			return nil, fmt.Errorf("checkpoints/%s: %w", filepath.Base(name), err)
		}
		own := tlog.TileHashReader(tree, &files{directory, map[int]int{}})
		if root, err := tlog.TreeHash(tree.N, own); err != nil || root != tree.Hash {
			return nil, fmt.Errorf("the tiles do not lead to the root of checkpoints/%d: %v", tree.N, err)
		}
		trees = append(trees, tree)
	}
	sort.Slice(trees, func(a, b int) bool { return trees[a].N < trees[b].N })
	return trees, nil
}

// grown proves that each checkpoint continues every one before it.
func grown(trees []tlog.Tree, reader tlog.HashReader) (int, error) {
	pairs := 0
	for at, newer := range trees {
		for _, older := range trees[:at] {
			found, err := tlog.ProveTree(newer.N, older.N, reader)
			if err != nil {
				return pairs, err
			}
			if err := tlog.CheckTree(found, newer.N, newer.Hash, older.N, older.Hash); err != nil {
				return pairs, fmt.Errorf("checkpoint %d does not continue checkpoint %d: %w", newer.N, older.N, err)
			}
			pairs++
		}
	}
	return pairs, nil
}

func checked(directory, vkey string) error {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return fmt.Errorf("the key: %w", err)
	}
	tree, err := opened(filepath.Join(directory, "checkpoint"), key)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	tiles := &files{directory, map[int]int{}}
	reader := tlog.TileHashReader(tree, tiles)
	if root, err := tlog.TreeHash(tree.N, reader); err != nil || root != tree.Hash {
		return fmt.Errorf("the tiles do not lead to the root: %v", err)
	}
	proven, err := hashed(directory, tree, reader)
	if err != nil {
		return err
	}
	trees, err := kept(directory, key)
	if err != nil {
		return err
	}
	pairs, err := grown(trees, reader)
	if err != nil {
		return err
	}
	fmt.Printf("entries %d, proven %d, checkpoints %d, growths proven %d, partial tiles", tree.N, proven, len(trees), pairs)
	for level := 0; tiles.partial[level] > 0; level++ {
		fmt.Printf(" %d:%d", level, tiles.partial[level])
	}
	fmt.Println()
	return nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "referee DIRECTORY VKEY")
		os.Exit(2)
	}
	if err := checked(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
