package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight  = 8
	bundleWidth = 1 << tileHeight
)

func startOfBundle(leaf int64) int64 { return leaf - leaf%bundleWidth }

// remote is a log somewhere: an address, or a folder with the same names in it.
type remote struct {
	place string
	tiles map[string][]byte
}

func (r remote) get(path string) ([]byte, error) {
	if !strings.Contains(r.place, "://") {
		if path == "cells" { // a folder, too
			path = "cells/index"
		}
		return os.ReadFile(filepath.Join(r.place, filepath.FromSlash(path)))
	}
	client := http.Client{Timeout: 30 * time.Second}
	reply, err := client.Get(strings.TrimSuffix(r.place, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, reply.Status)
	}
	return io.ReadAll(io.LimitReader(reply.Body, 1<<24))
}

// tilePath names a tile as c2sp.org/tlog-tiles does: as Go's packages do, without the height.
func tilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), "tile/8/")
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

func (r remote) Height() int { return tileHeight }

func (r remote) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		path := tilePath(t)
		data, known := r.tiles[path]
		if !known {
			var err error
			if data, err = r.get(path); err != nil {
				return nil, err
			}
			r.tiles[path] = data
		}
		out = append(out, data)
	}
	return out, nil
}

func (r remote) SaveTiles([]tlog.Tile, [][]byte) {}

// openCheckpoint checks the signature of a checkpoint and reads its tree.
func openCheckpoint(text []byte, key string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("the checkpoint: %v", err)
	}
	lines := strings.SplitN(opened.Text, "\n", 2)
	if lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the checkpoint is of another log, %q", lines[0])
	}
	// ParseTree reads the Go checksum database's form, which has a line of words where a checkpoint has its origin.
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
}

// continues checks that one tree is the beginning of another.
func continues(newer, older tlog.Tree, reader tlog.HashReader) error {
	if older.N > newer.N {
		return fmt.Errorf("the log has %d entries; a tree of %d has been signed", newer.N, older.N)
	}
	if older.N == newer.N {
		if older.Hash != newer.Hash {
			return fmt.Errorf("two trees of %d entries have been signed: the log has two histories", newer.N)
		}
		return nil
	}
	if older.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(newer.N, older.N, reader)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash); err != nil {
		return fmt.Errorf("the tree of %d entries is no beginning of the log: it has two histories", older.N)
	}
	return nil
}

func splitBundle(data []byte) ([][]byte, error) {
	var out [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("a bundle of entries is cut short")
		}
		length := 2 + int(binary.BigEndian.Uint16(data))
		out = append(out, data[2:length])
		data = data[length:]
	}
	return out, nil
}

// eachEntry calls visit with the entries of leaves [first, end), each of which has been found in the tree.
func eachEntry(log remote, tree tlog.Tree, reader tlog.HashReader, first, end int64, visit func(int64, []byte) error) error {
	for bundle := first / bundleWidth; bundle*bundleWidth < end; bundle++ {
		width := tree.N - bundle*bundleWidth
		if width > bundleWidth {
			width = bundleWidth
		}
		data, err := log.get(tilePath(tlog.Tile{H: tileHeight, L: -1, N: bundle, W: int(width)}))
		if err != nil {
			return err
		}
		entries, err := splitBundle(data)
		if err != nil {
			return err
		}
		if int64(len(entries)) != width {
			return fmt.Errorf("bundle %d does not have %d entries", bundle, width)
		}
		var indexes []int64
		for i := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, bundle*bundleWidth+int64(i)))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			leaf := bundle*256 + int64(i)
			if tlog.RecordHash(entry) != hashes[i] {
				return fmt.Errorf("entry %d is not the one that the tree holds", leaf)
			}
			if leaf >= first && leaf < end {
				if err := visit(leaf, entry); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
