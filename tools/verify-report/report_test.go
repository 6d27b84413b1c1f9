package main

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gtank/ristretto255"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// An honest log of padding: each third entry is of the legal book, and no cell is in the list.
type paddedLog struct {
	place, key string
	signer     note.Signer
	size       int64
	tree       tlog.Tree
	blindings  []*ristretto255.Scalar
	stored     []tlog.Hash
}

func (l *paddedLog) book(leaf int64) byte { return byte(1 + leaf%3) }

func (l *paddedLog) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, index := range indexes {
		out = append(out, l.stored[index])
	}
	return out, nil
}

func (l *paddedLog) entry(leaf int64) []byte {
	return ristretto255.NewElement().ScalarBaseMult(l.blindings[leaf]).Encode(append([]byte{l.book(leaf)}, make([]byte, 32)...))
}

// proof that an entry counts nowhere, about a list of no cells. It hides nothing: all that could be random is 0.
func (l *paddedLog) proof(leaf int64) []byte {
	zero := make([]byte, 32)
	points := append([]byte{}, zero...) // A
	digits := ristretto255.NewElement()
	for digit := 0; digit < cellDigits; digit++ {
		digits.Add(digits, generatorPoint(digit, 0))
	}
	points = digits.Encode(points) // B
	for i := 0; i < 5; i++ {
		points = append(points, zero...)
	}
	none := sha256.Sum256(nil)
	context := sha512.Sum512([]byte(fmt.Sprintf("heliograph-ledger-cell-proof v1\nlog %s\nleaf %d\ncells 0 %s\n", l.signer.Name(), leaf,
		base64.StdEncoding.EncodeToString(none[:]))))
	hash := sha512.New()
	hash.Write([]byte(cellLabel))
	hash.Write(context[:])
	hash.Write(l.entry(leaf))
	hash.Write(points)
	x := ristretto255.NewScalar().FromUniformBytes(hash.Sum(nil))
	out := append(append(make([]byte, 4), points...), append(zero, zero...)...)
	return times(times(x, times(x, x)), l.blindings[leaf]).Encode(out)
}

func (l *paddedLog) write(t *testing.T, path string, content []byte) {
	t.Helper()
	whole := filepath.Join(l.place, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(whole), 0700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(whole, content, 0600); err != nil {
		t.Fatal(err)
	}
}

func (l *paddedLog) sign(t *testing.T, text string) string {
	t.Helper()
	signed, err := note.Sign(&note.Note{Text: text}, l.signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

func (l *paddedLog) checkpoint(t *testing.T) string {
	return l.sign(t, fmt.Sprintf("%s\n%d\n%s\n", l.signer.Name(), l.tree.N, l.tree.Hash))
}

func newPaddedLog(t *testing.T, size int64) *paddedLog {
	t.Helper()
	secret, key, err := note.GenerateKey(rand.Reader, "example.org/ledger")
	if err != nil {
		t.Fatal(err)
	}
	out := &paddedLog{place: t.TempDir(), key: key, size: size}
	if out.signer, err = note.NewSigner(secret); err != nil {
		t.Fatal(err)
	}
	bundles := map[int64][]byte{}
	for leaf := int64(0); leaf < size; leaf++ {
		blinding, err := randomScalar()
		if err != nil {
			t.Fatal(err)
		}
		out.blindings = append(out.blindings, blinding)
		hashes, err := tlog.StoredHashes(leaf, out.entry(leaf), out)
		if err != nil {
			t.Fatal(err)
		}
		out.stored = append(out.stored, hashes...)
		bundle := bundles[leaf/bundleWidth]
		bundles[leaf/bundleWidth] = append(append(bundle, 0, 65), out.entry(leaf)...)
	}
	root, err := tlog.TreeHash(size, out)
	if err != nil {
		t.Fatal(err)
	}
	out.tree = tlog.Tree{N: size, Hash: root}
	for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
		data, err := tlog.ReadTileData(tile, out)
		if err != nil {
			t.Fatal(err)
		}
		out.write(t, tilePath(tile), data)
		if tile.L == 0 {
			out.write(t, tilePath(tlog.Tile{H: tileHeight, L: -1, N: tile.N, W: tile.W}), bundles[tile.N])
		}
	}
	out.write(t, "cells/index", nil)
	out.write(t, "checkpoint", []byte(out.checkpoint(t)))
	return out
}

// proofs writes those of all bundles with a leaf before end; change may spoil one.
func (l *paddedLog) proofs(t *testing.T, end int64, change func(leaf int64, proof []byte)) {
	for begin := int64(0); begin < end; begin += bundleWidth {
		var bundle []byte
		leaf := begin
		for ; leaf < end && leaf < begin+bundleWidth; leaf++ {
			if l.book(leaf) == legalBook {
				proof := l.proof(leaf)
				change(leaf, proof)
				bundle = append(bundle, proof...)
			}
		}
		name := tilePath(tlog.Tile{H: tileHeight, L: -1, N: begin / bundleWidth, W: int(leaf - begin)})
		l.write(t, "cells/proofs/"+strings.TrimPrefix(name, "tile/entries/"), bundle)
	}
}

func (l *paddedLog) report(t *testing.T, first, end int64) (document, signature []byte) {
	t.Helper()
	made := report{Schema: "heliograph-transparency-report/1", From: "2026-07-01", To: "2026-10-01", Version: 1,
		Checkpoint: l.checkpoint(t)}
	for name, book := range books {
		sum := ristretto255.NewScalar()
		for leaf := first; leaf < end; leaf++ {
			if l.book(leaf) == book {
				sum.Add(sum, l.blindings[leaf])
			}
		}
		counted := tally{Book: name, First: first, End: end}
		counted.Proof.Blinding = base64.StdEncoding.EncodeToString(sum.Encode(nil))
		made.Tallies = append(made.Tallies, counted)
	}
	document, err := json.Marshal(made)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256(document)
	return document, []byte(l.sign(t, "heliograph-transparency-report v1\n"+l.signer.Name()+"\n"+made.name()+"\n"+
		base64.StdEncoding.EncodeToString(digest[:])+"\n"))
}

// A report begins where the one before ended, which is in the middle of a bundle more often than not.
func TestReportThatBeginsWithinABundle(t *testing.T) {
	log := newPaddedLog(t, 600)
	for _, leaves := range [][2]int64{{0, 256}, {100, 250}, {100, 600}, {256, 300}, {300, 560}, {300, 300}} {
		first, end := leaves[0], leaves[1]
		log.proofs(t, end, func(int64, []byte) {})
		document, signature := log.report(t, first, end)
		found, err := checkReport(document, signature, nil, log.key, log.place, "", false)
		if err != nil {
			t.Errorf("%v: %v", leaves, err)
			continue
		}
		legal := 0
		for leaf := first; leaf < end; leaf++ {
			if log.book(leaf) == legalBook {
				legal++
			}
		}
		if found["legal_entries"] != legal || found["legal_entries_proven"] != int64(legal) {
			t.Errorf("%v: %d of %d entries are proven, not %d", leaves, found["legal_entries_proven"], found["legal_entries"], legal)
		}
	}
}

func TestWrongProofInTheFirstBundle(t *testing.T) {
	log := newPaddedLog(t, 300)
	document, signature := log.report(t, 100, 300)
	for _, wrong := range []int64{97, 100, 298} { // before the leaves, their first and their last: all of the legal book
		log.proofs(t, 300, func(leaf int64, proof []byte) {
			if leaf == wrong {
				copy(proof[len(proof)-32:], scalarOf(1).Encode(nil))
			}
		})
		if _, err := checkReport(document, signature, nil, log.key, log.place, "", false); err == nil {
			t.Errorf("the proof of entry %d is wrong, and nobody says so", wrong)
		}
	}
}
