package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gtank/ristretto255"
	"golang.org/x/mod/sumdb/tlog"
)

type opening struct {
	hashes   [][]byte
	fields   map[string]string
	blinding *ristretto255.Scalar
}

// readOpening reads what docs/ledger.md calls an opening.
func readOpening(text []byte) (opening, error) {
	out := opening{fields: map[string]string{}}
	wrong := errors.New("not an opening of an entry")
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if lines[0] != "heliograph-ledger-opening v1" {
		return out, wrong
	}
	for _, line := range lines[1:] {
		words := strings.Split(line, " ")
		var parts [][]byte
		for i, word := range words {
			if i == 0 || (words[0] == "field" && i == 1) {
				continue
			}
			part, err := base64.StdEncoding.Strict().DecodeString(word)
			if err != nil {
				return out, wrong
			}
			parts = append(parts, part)
		}
		switch {
		case words[0] == "field" && len(parts) == 2 && len(parts[0]) == 32:
			if _, twice := out.fields[words[1]]; twice {
				return out, wrong
			}
			out.fields[words[1]] = string(parts[1])
			hash := sha256.New()
			hash.Write([]byte("heliograph/ledger/field/v1\x00"))
			hash.Write(parts[0])
			hash.Write([]byte(words[1]))
			hash.Write([]byte{0})
			hash.Write(parts[1])
			out.hashes = append(out.hashes, hash.Sum(nil))
		case words[0] == "hidden" && len(parts) == 1 && len(parts[0]) == 32:
			out.hashes = append(out.hashes, parts[0])
		case words[0] == "blinding" && len(parts) == 1 && out.blinding == nil:
			out.blinding = ristretto255.NewScalar()
			if out.blinding.Decode(parts[0]) != nil {
				return out, wrong
			}
		default:
			return out, wrong
		}
	}
	return out, nil
}

func (o opening) opens(entry []byte) error {
	if len(entry) != 65 {
		return errors.New("the entry is malformed")
	}
	hash := sha256.New()
	hash.Write([]byte("heliograph/ledger/record/v1\x00"))
	for _, each := range o.hashes {
		hash.Write(each)
	}
	if !bytes.Equal(hash.Sum(nil), entry[1:33]) {
		return errors.New("the entry commits to something else")
	}
	if o.blinding == nil {
		return errors.New("the opening does not say which cell the entry counts in")
	}
	claimed := ristretto255.NewElement().ScalarBaseMult(o.blinding)
	if cell := o.fields["cell"]; cell != "" {
		claimed.Add(claimed, cellPoint(cell))
	}
	if !bytes.Equal(claimed.Encode(nil), entry[33:]) {
		return errors.New("the entry counts in another cell")
	}
	return nil
}

func checkEntry(opened, proof, entry []byte, key, place string, document []byte) (map[string]interface{}, error) {
	own, err := readOpening(opened)
	if err != nil {
		return nil, err
	}
	parts := strings.SplitN(string(proof), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, errors.New("not a proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return nil, err
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		path = append(path, hash)
	}
	tree, err := openCheckpoint([]byte(parts[1]), key)
	if err != nil {
		return nil, err
	}
	if index < 0 || index >= tree.N {
		return nil, errors.New("not a proof")
	}
	if entry == nil {
		if place == "" {
			return nil, errors.New("say where the entry is: --entry or --log")
		}
		log := remote{place, map[string][]byte{}}
		text, err := log.get("checkpoint")
		if err != nil {
			return nil, err
		}
		newest, err := openCheckpoint(text, key)
		if err != nil {
			return nil, err
		}
		reader := tlog.TileHashReader(newest, log)
		if err := continues(newest, tree, reader); err != nil {
			return nil, err
		}
		if err := eachEntry(log, newest, reader, index, index+1, func(_ int64, found []byte) error {
			entry = found
			return nil
		}); err != nil {
			return nil, err
		}
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return nil, errors.New("the entry is not at this place of the tree")
	}
	if err := own.opens(entry); err != nil {
		return nil, err
	}
	result := map[string]interface{}{"index": index, "tree": tree.N, "cell": own.fields["cell"], "act": own.fields["act"]}
	if document == nil {
		return result, nil
	}
	r, err := readReport(document)
	if err != nil {
		return nil, err
	}
	if index < r.Tallies[0].First || index >= r.Tallies[0].End {
		return nil, fmt.Errorf("the entry is not among the leaves of the report %s", r.name())
	}
	result["report"] = r.name()
	return result, nil
}
