package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/gtank/ristretto255"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var books = map[string]byte{"content": 1, "legal": 2, "search": 3}

type tally struct {
	Book   string            `json:"book"`
	First  int64             `json:"first"`
	End    int64             `json:"end"`
	Counts map[string]uint64 `json:"counts"`
	Hidden struct {
		Cells []string `json:"cells"`
		Sum   uint64   `json:"sum"`
		Most  uint64   `json:"most"`
	} `json:"hidden"`
	Proof struct {
		Blinding         string   `json:"blinding"`
		Challenge        string   `json:"challenge"`
		Bits             []string `json:"bits"`
		Answers          []string `json:"answers"`
		AnswerOfBlinding string   `json:"answer_of_blinding"`
	} `json:"proof"`
}

type report struct {
	Schema     string          `json:"schema"`
	From       string          `json:"from"`
	To         string          `json:"to"`
	Version    int             `json:"version"`
	Reason     string          `json:"reason"`
	MadeAt     int64           `json:"made_at"`
	Threshold  uint64          `json:"threshold"`
	Checkpoint string          `json:"checkpoint"`
	Previous   string          `json:"previous"`
	Tallies    []tally         `json:"tallies"`
	Figures    json.RawMessage `json:"figures"`
	Words      string          `json:"words"`
}

func (r report) name() string { return fmt.Sprintf("%s/%s/%d", r.From, r.To, r.Version) }

// noNameTwice refuses objects with a name in them twice: two readers could see two documents.
func noNameTwice(document []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(document))
	type level struct {
		names  map[string]bool // nil: a list
		isName bool
	}
	var levels []level
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		top := len(levels) - 1
		if top >= 0 && levels[top].names != nil && levels[top].isName {
			if name, ok := token.(string); ok {
				folded := name
				if !strings.Contains(name, "/") { // Go takes names of fields in any case; cells keep theirs
					folded = strings.ToLower(name)
				}
				if levels[top].names[folded] {
					return fmt.Errorf("the document has %q twice", name)
				}
				levels[top].names[folded] = true
				levels[top].isName = false
				continue
			}
		}
		switch token {
		case json.Delim('{'):
			levels = append(levels, level{map[string]bool{}, true})
			continue
		case json.Delim('['):
			levels = append(levels, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			levels = levels[:top]
			top--
		}
		if top >= 0 && levels[top].names != nil {
			levels[top].isName = true
		}
	}
}

func readReport(document []byte) (report, error) {
	var out report
	if err := noNameTwice(document); err != nil {
		return out, err
	}
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&out); err != nil {
		return out, fmt.Errorf("the document: %v", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return out, errors.New("something follows the document")
	}
	if out.Schema != "heliograph-transparency-report/1" {
		return out, errors.New("the document is no transparency report")
	}
	found := map[string]bool{}
	for _, each := range out.Tallies {
		if _, known := books[each.Book]; !known || found[each.Book] {
			return out, fmt.Errorf("the book %q is not known, or is there twice", each.Book)
		}
		found[each.Book] = true
		if each.First != out.Tallies[0].First || each.End != out.Tallies[0].End {
			return out, errors.New("the books are counted over different leaves")
		}
	}
	if len(found) != len(books) {
		return out, errors.New("a book is left out")
	}
	return out, nil
}

func checkSignature(r report, document, signature []byte, key string) (note.Verifier, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, err
	}
	opened, err := note.Open(signature, note.VerifierList(verifier))
	if err != nil {
		return nil, fmt.Errorf("the report's signature: %v", err)
	}
	digest := sha256.Sum256(document)
	expected := "heliograph-transparency-report v1\n" + verifier.Name() + "\n" + r.name() + "\n" +
		base64.StdEncoding.EncodeToString(digest[:]) + "\n"
	if opened.Text != expected {
		return nil, errors.New("the signature is of another document")
	}
	return verifier, nil
}

// sums adds up the commitments of the leaves, book by book, and gives the entries of the legal book, by leaf: those of
// the first bundle that are before the leaves, too, because the proofs of a bundle are read from its start.
func sums(log remote, tree tlog.Tree, reader tlog.HashReader, first, end int64) (map[byte]*ristretto255.Element, map[int64][]byte, error) {
	legal := map[int64][]byte{}
	total := map[byte]*ristretto255.Element{}
	for _, book := range books {
		total[book] = ristretto255.NewElement()
	}
	work := make(chan [][]byte, 16)
	wrong := make(chan error, 1)
	var lock sync.Mutex
	var workers sync.WaitGroup
	add := func() {
		defer workers.Done()
		own := map[byte]*ristretto255.Element{}
		for _, book := range books {
			own[book] = ristretto255.NewElement()
		}
		for entries := range work {
			for _, entry := range entries {
				point := ristretto255.NewElement()
				if len(entry) != 65 || own[entry[0]] == nil || point.Decode(entry[33:]) != nil {
					select {
					case wrong <- errors.New("an entry is malformed"):
					default:
					}
					continue
				}
				own[entry[0]].Add(own[entry[0]], point)
			}
		}
		lock.Lock()
		defer lock.Unlock()
		for book, sum := range own {
			total[book].Add(total[book], sum)
		}
	}
	for i := 0; i < runtime.NumCPU(); i++ {
		workers.Add(1)
		go add()
	}
	var pending [][]byte
	err := eachEntry(log, tree, reader, startOfBundle(first), end, func(leaf int64, entry []byte) error {
		if len(entry) == 65 && entry[0] == legalBook {
			legal[leaf] = entry
		}
		if leaf < first {
			return nil
		}
		if pending = append(pending, entry); len(pending) == 256 {
			work <- pending
			pending = nil
		}
		return nil
	})
	work <- pending
	close(work)
	workers.Wait()
	if err != nil {
		return nil, nil, err
	}
	select {
	case err := <-wrong:
		return nil, nil, err
	default:
		return total, legal, nil
	}
}

func checkReport(document, signature, previous []byte, key, place, seen string, countsOnly bool) (map[string]interface{}, error) {
	r, err := readReport(document)
	if err != nil {
		return nil, err
	}
	verifier, err := checkSignature(r, document, signature, key)
	if err != nil {
		return nil, err
	}
	reported, err := openCheckpoint([]byte(r.Checkpoint), key)
	if err != nil {
		return nil, err
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
	if err := continues(newest, reported, reader); err != nil {
		return nil, err
	}
	if seen != "" {
		if old, err := os.ReadFile(seen); err == nil {
			before, err := openCheckpoint(old, key)
			if err != nil {
				return nil, err
			}
			if err := continues(newest, before, reader); err != nil {
				return nil, err
			}
		}
	}
	first, end := r.Tallies[0].First, r.Tallies[0].End
	if first < 0 || first > end || end > reported.N {
		return nil, errors.New("the leaves are not in the report's tree")
	}
	if previous != nil {
		before, err := readReport(previous)
		if err != nil {
			return nil, fmt.Errorf("the report before: %v", err)
		}
		if before.name() != r.Previous || before.Tallies[0].End != first {
			return nil, errors.New("the report does not begin where the one before ends")
		}
	}
	sum, legal, err := sums(log, newest, reader, first, end)
	if err != nil {
		return nil, err
	}
	legalEntries := 0
	for leaf := range legal {
		if leaf >= first {
			legalEntries++
		}
	}
	shown, hidden, total := 0, 0, uint64(0)
	for _, each := range r.Tallies {
		claim := claimText(each, r, verifier.Name(), reported)
		if err := checkTally(each, claim, sum[books[each.Book]]); err != nil {
			return nil, fmt.Errorf("book %s: %v", each.Book, err)
		}
		shown += len(each.Counts)
		hidden += len(each.Hidden.Cells)
		total += each.Hidden.Sum
		for _, count := range each.Counts {
			total += count
		}
	}
	proven := int64(0)
	if !countsOnly {
		if proven, err = checkCells(log, verifier.Name(), first, end, legal); err != nil {
			return nil, err
		}
	}
	if seen != "" {
		if err := os.WriteFile(seen, text, 0600); err != nil {
			return nil, err
		}
	}
	return map[string]interface{}{"report": r.name(), "log": verifier.Name(), "first": first, "end": end,
		"tree": reported.N, "newest": newest.N, "shown": shown, "hidden": hidden, "acts": total,
		"legal_entries": legalEntries, "legal_entries_proven": proven, "previous_checked": previous != nil}, nil
}

func claimText(t tally, r report, origin string, tree tlog.Tree) string {
	var out strings.Builder
	fmt.Fprintf(&out, "heliograph-transparency-claim v1\nlog %s\ntree %d %s\nreport %s\nbook %s\nleaves %d %d\n", origin,
		tree.N, tree.Hash, r.name(), t.Book, t.First, t.End)
	for _, cell := range sorted(t.Counts) {
		fmt.Fprintf(&out, "shown %d %s\n", t.Counts[cell], cell)
	}
	for _, cell := range t.Hidden.Cells {
		fmt.Fprintf(&out, "hidden %s\n", cell)
	}
	fmt.Fprintf(&out, "hidden-sum %d\nhidden-most %d\n", t.Hidden.Sum, t.Hidden.Most)
	return out.String()
}
