package main

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/gtank/ristretto255"
	"golang.org/x/mod/sumdb/tlog"
)

// Proofs that each entry of the legal book counts in one cell of the log's list, or in none: docs/transparency-proof.md,
// "Each entry of the legal book".

const (
	legalBook     = 2
	cellDigits    = 3
	cellListMost  = 10000
	cellsAtOnce   = 2048 // entries whose equations are added up before they are looked at
	cellLabel     = "heliograph/ledger/cell-proof/v1\x00"
	generatorName = "heliograph/ledger/cell-proof/generator/v1\x00"
)

func cellBase(cells int) int {
	base := 1
	for base*base*base < cells+1 {
		base++
	}
	return base
}

func generatorPoint(digit, value int) *ristretto255.Element {
	hash := sha512.New()
	hash.Write([]byte(generatorName))
	hash.Write([]byte{byte(digit), byte(value >> 8), byte(value)})
	return ristretto255.NewElement().FromUniformBytes(hash.Sum(nil))
}

type cellList struct {
	cells   []string
	points  []*ristretto255.Element
	digests map[int]string
}

func readCellList(text []byte) (*cellList, error) {
	out := &cellList{digests: map[int]string{}}
	known := map[string]bool{}
	if len(text) == 0 {
		return out, nil
	}
	lines := strings.Split(string(text), "\n")
	if lines[len(lines)-1] != "" || len(lines)-1 > cellListMost {
		return nil, errors.New("the list of cells cannot be read")
	}
	for _, cell := range lines[:len(lines)-1] {
		if !isCell(cell) || known[cell] {
			return nil, fmt.Errorf("the list of cells cannot have %q", cell)
		}
		known[cell] = true
		out.cells = append(out.cells, cell)
		out.points = append(out.points, cellPoint(cell))
	}
	return out, nil
}

func (l *cellList) digest(count int) string {
	if known, is := l.digests[count]; is {
		return known
	}
	hash := sha256.New()
	for _, cell := range l.cells[:count] {
		hash.Write([]byte(cell + "\n"))
	}
	l.digests[count] = base64.StdEncoding.EncodeToString(hash.Sum(nil))
	return l.digests[count]
}

// cellChecker adds up the equations of many proofs, each times a random number.
type cellChecker struct {
	list       *cellList
	origin     string
	scalars    []*ristretto255.Scalar
	points     []*ristretto255.Element
	base       *ristretto255.Scalar
	cells      []*ristretto255.Scalar
	generators map[[2]int]*ristretto255.Scalar
	first      int64
	count      int
}

func newCellChecker(list *cellList, origin string) *cellChecker {
	out := &cellChecker{list: list, origin: origin}
	out.reset()
	return out
}

func (c *cellChecker) reset() {
	c.scalars, c.points = nil, nil
	c.base = ristretto255.NewScalar()
	c.cells = make([]*ristretto255.Scalar, len(c.list.cells)+1)
	c.generators = map[[2]int]*ristretto255.Scalar{}
	c.count = 0
}

func times(a, b *ristretto255.Scalar) *ristretto255.Scalar {
	return ristretto255.NewScalar().Multiply(a, b)
}

func (c *cellChecker) term(factor *ristretto255.Scalar, point *ristretto255.Element) {
	c.scalars = append(c.scalars, factor)
	c.points = append(c.points, point)
}

func takeAway(from **ristretto255.Scalar, what *ristretto255.Scalar) {
	if *from == nil {
		*from = ristretto255.NewScalar()
	}
	(*from).Subtract(*from, what)
}

func randomScalar() (*ristretto255.Scalar, error) {
	var wide [64]byte
	if _, err := rand.Read(wide[:]); err != nil {
		return nil, err
	}
	return ristretto255.NewScalar().FromUniformBytes(wide[:]), nil
}

// add takes the proof of one entry off the front of proofs, and gives what is left.
func (c *cellChecker) add(leaf int64, entry, proofs []byte) ([]byte, error) {
	wrong := fmt.Errorf("the proof of entry %d cannot be read", leaf)
	if len(proofs) < 4 {
		return nil, wrong
	}
	cells := int(binary.BigEndian.Uint32(proofs))
	if cells > len(c.list.cells) {
		return nil, fmt.Errorf("the proof of entry %d is about %d cells; the list has %d", leaf, cells, len(c.list.cells))
	}
	base := cellBase(cells)
	size := 4 + 32*(7+cellDigits*(base-1)+3)
	if len(proofs) < size {
		return nil, wrong
	}
	parts, rest := proofs[4:size], proofs[size:]
	var points [7]*ristretto255.Element // A, B, C, D, G0, G1, G2
	for i := range points {
		points[i] = ristretto255.NewElement()
		if points[i].Decode(parts[32*i:32*i+32]) != nil {
			return nil, wrong
		}
	}
	said := parts[:32*7]
	parts = parts[32*7:]
	var numbers []*ristretto255.Scalar
	for len(parts) > 0 {
		number := ristretto255.NewScalar()
		if number.Decode(parts[:32]) != nil {
			return nil, wrong
		}
		numbers = append(numbers, number)
		parts = parts[32:]
	}
	f, zA, zC, z := numbers[:len(numbers)-3], numbers[len(numbers)-3], numbers[len(numbers)-2], numbers[len(numbers)-1]

	context := sha512.Sum512([]byte(fmt.Sprintf("heliograph-ledger-cell-proof v1\nlog %s\nleaf %d\ncells %d %s\n", c.origin,
		leaf, cells, c.list.digest(cells))))
	hash := sha512.New()
	hash.Write([]byte(cellLabel))
	hash.Write(context[:])
	hash.Write(entry)
	hash.Write(said)
	x := ristretto255.NewScalar().FromUniformBytes(hash.Sum(nil))
	x2 := times(x, x)

	var answers [cellDigits][]*ristretto255.Scalar
	for digit := range answers {
		zero := ristretto255.NewScalar().Add(x, ristretto255.NewScalar())
		answers[digit] = append(answers[digit], zero)
		for value := 1; value < base; value++ {
			answers[digit] = append(answers[digit], f[digit*(base-1)+value-1])
			zero.Subtract(zero, answers[digit][value])
		}
	}
	commitment := ristretto255.NewElement()
	if commitment.Decode(entry[33:]) != nil {
		return nil, wrong
	}
	wA, err := randomScalar()
	if err != nil {
		return nil, err
	}
	wC, err := randomScalar()
	if err != nil {
		return nil, err
	}
	w, err := randomScalar()
	if err != nil {
		return nil, err
	}
	// x B + A = Com(f; zA); x C + D = Com(f (x - f); zC)
	c.term(wA, points[0])
	c.term(times(wA, x), points[1])
	c.term(times(wC, x), points[2])
	c.term(wC, points[3])
	takeAway(&c.base, times(wA, zA))
	takeAway(&c.base, times(wC, zC))
	for digit := range answers {
		for value, answer := range answers[digit] {
			other := times(answer, ristretto255.NewScalar().Subtract(x, answer))
			factor := c.generators[[2]int{digit, value}]
			takeAway(&factor, times(wA, answer))
			takeAway(&factor, times(wC, other))
			c.generators[[2]int{digit, value}] = factor
		}
	}
	// x^3 of the entry, less the cells and the lower powers, is z G
	c.term(times(w, times(x2, x)), commitment)
	minus := ristretto255.NewScalar().Negate(w)
	c.term(minus, points[4])
	c.term(times(minus, x), points[5])
	c.term(times(minus, x2), points[6])
	takeAway(&c.base, times(w, z))
	for second, at := 0, 0; at <= cells; second++ {
		high := times(w, times(answers[1][second%base], answers[2][second/base]))
		for first := 0; first < base && at <= cells; first, at = first+1, at+1 {
			takeAway(&c.cells[at], times(high, answers[0][first]))
		}
	}
	if c.count == 0 {
		c.first = leaf
	}
	c.count++
	if c.count < cellsAtOnce {
		return rest, nil
	}
	return rest, c.finish(leaf)
}

// finish looks at what all that were added come to; last is the last of them.
func (c *cellChecker) finish(last int64) error {
	if c.count == 0 {
		return nil
	}
	for position := 1; position < len(c.cells); position++ {
		if c.cells[position] != nil {
			c.term(c.cells[position], c.list.points[position-1])
		}
	}
	for which, factor := range c.generators {
		c.term(factor, generatorPoint(which[0], which[1]))
	}
	c.term(c.base, ristretto255.NewElement().Base())
	sum := ristretto255.NewElement().VarTimeMultiScalarMult(c.scalars, c.points)
	first := c.first
	c.reset()
	if sum.Equal(ristretto255.NewElement()) == 1 {
		return nil
	}
	return fmt.Errorf("among the entries %d to %d, one is not proven to count in one cell of the list, or in none", first, last)
}

// checkCells goes through the entries of the legal book again, with their proofs, and gives how many of the leaves
// [first, end) are proven. Entries are by leaf, from the start of the first bundle on: its proofs are one after another,
// so that the ones before first have to be read, too.
func checkCells(log remote, origin string, first, end int64, entries map[int64][]byte) (int64, error) {
	if first == end {
		return 0, nil
	}
	text, err := log.get("cells")
	if err != nil {
		return 0, fmt.Errorf("the log does not say what its entries are proven about: %v", err)
	}
	list, err := readCellList(text)
	if err != nil {
		return 0, err
	}
	checker := newCellChecker(list, origin)
	proven := int64(0)
	for begin := startOfBundle(first); begin < end; begin += bundleWidth {
		width := end - begin
		if width > bundleWidth {
			width = bundleWidth
		}
		path := tilePath(tlog.Tile{H: tileHeight, L: -1, N: begin / bundleWidth, W: int(width)})
		proofs, err := log.get("cells/proofs/" + strings.TrimPrefix(path, "tile/entries/"))
		if err != nil {
			return 0, fmt.Errorf("entries are not proven: %v", err)
		}
		for leaf := begin; leaf < begin+width; leaf++ {
			entry, is := entries[leaf]
			if !is {
				continue
			}
			if proofs, err = checker.add(leaf, entry, proofs); err != nil {
				return 0, err
			}
			if leaf >= first {
				proven++
			}
		}
		if len(proofs) != 0 {
			return 0, fmt.Errorf("the bundle %d has too many proofs", begin/bundleWidth)
		}
	}
	if err := checker.finish(end - 1); err != nil {
		return 0, err
	}
	return proven, nil
}
