// Checks a running server's ledger with the Go project's own transparency log packages
// (golang.org/x/mod/sumdb: note, tlog), which know nothing of Heliograph.
//
//	ledger_verify log URL VKEY [STATE]   the whole log below URL (.../ledger); STATE keeps the last checkpoint
//	ledger_verify proof FILE VKEY ENTRY  a .tlog-proof, for an entry given in base64
//
// Prints a line of JSON; exits 1 with a sentence when something is wrong.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	var result map[string]interface{}
	err := errors.New("usage: ledger_verify log URL VKEY [STATE] | proof FILE VKEY ENTRY")
	switch {
	case len(os.Args) >= 4 && os.Args[1] == "log":
		state := ""
		if len(os.Args) > 4 {
			state = os.Args[4]
		}
		result, err = verifyLog(os.Args[2], os.Args[3], state)
	case len(os.Args) == 5 && os.Args[1] == "proof":
		result, err = verifyProof(os.Args[2], os.Args[3], os.Args[4])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(result)
}

func get(url string) ([]byte, error) {
	reply, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, reply.Status)
	}
	return io.ReadAll(reply.Body)
}

// tilePath names a tile as c2sp.org/tlog-tiles does: as Go's packages do, without the height.
func tilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), "tile/8/")
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

type remote struct{ url string }

func (r remote) Height() int { return tileHeight }
func (r remote) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		data, err := get(r.url + "/" + tilePath(t))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}
func (r remote) SaveTiles([]tlog.Tile, [][]byte) {}

// openCheckpoint checks the signature and reads the tree. tlog.ParseTree reads the Go checksum database's form of
// it, which has a line of words where a checkpoint has its origin.
func openCheckpoint(text []byte, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	n, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(n.Text, "\n", 2)
	if lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the checkpoint is of %q", lines[0])
	}
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
}

func readEntries(url string, size int64) ([][]byte, error) {
	var entries [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		data, err := get(url + "/" + tilePath(tlog.Tile{H: tileHeight, L: -1, N: n, W: int(width)}))
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("bundle %d is cut short", n)
			}
			length := 2 + int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:length])
			data = data[length:]
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("bundle %d has more than its entries", n)
		}
	}
	return entries, nil
}

func verifyLog(url, vkey, state string) (map[string]interface{}, error) {
	text, err := get(url + "/checkpoint")
	if err != nil {
		return nil, err
	}
	tree, err := openCheckpoint(text, vkey)
	if err != nil {
		return nil, err
	}
	// Reads tiles through the verification against the tree's root.
	reader := tlog.TileHashReader(tree, remote{url})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		return nil, fmt.Errorf("the root is not the tree's: %v", err)
	}
	entries, err := readEntries(url, tree.N)
	if err != nil {
		return nil, err
	}
	for i, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		if err != nil {
			return nil, err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)); err != nil {
			return nil, fmt.Errorf("entry %d: %v", i, err)
		}
	}
	earlier := int64(0)
	if state != "" {
		if old, err := os.ReadFile(state); err == nil {
			before, err := openCheckpoint(old, vkey)
			if err != nil {
				return nil, err
			}
			proof, err := tlog.ProveTree(tree.N, before.N, reader)
			if err != nil {
				return nil, err
			}
			if err := tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash); err != nil {
				return nil, fmt.Errorf("not a continuation of the tree of %d: %v", before.N, err)
			}
			earlier = before.N
		}
		if err := os.WriteFile(state, text, 0600); err != nil {
			return nil, err
		}
	}
	return map[string]interface{}{"size": tree.N, "root": tree.Hash.String(), "entries": len(entries), "earlier": earlier}, nil
}

func verifyProof(file, vkey, entry string) (map[string]interface{}, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	leaf, err := base64.StdEncoding.DecodeString(entry)
	if err != nil {
		return nil, err
	}
	parts := strings.SplitN(string(text), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, errors.New("not a proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return nil, err
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		proof = append(proof, hash)
	}
	tree, err := openCheckpoint([]byte(parts[1]), vkey)
	if err != nil {
		return nil, err
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(leaf)); err != nil {
		return nil, err
	}
	return map[string]interface{}{"size": tree.N, "index": index}, nil
}
