package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"

	"github.com/gtank/ristretto255"
)

var errSum = errors.New("the counts are not what the entries add up to")

func sorted(counts map[string]uint64) []string {
	var out []string
	for cell := range counts {
		out = append(out, cell)
	}
	sort.Strings(out)
	return out
}

func isCell(name string) bool {
	if len(name) == 0 || len(name) > 200 {
		return false
	}
	for i := 0; i < len(name); i++ {
		if name[i] <= ' ' || name[i] >= 0x7f {
			return false
		}
	}
	return true
}

func cellPoint(cell string) *ristretto255.Element {
	hash := sha512.New()
	hash.Write([]byte("heliograph/ledger/cell/v1\x00"))
	hash.Write([]byte(cell))
	return ristretto255.NewElement().FromUniformBytes(hash.Sum(nil))
}

func scalarOf(value uint64) *ristretto255.Scalar {
	var wide [32]byte
	binary.LittleEndian.PutUint64(wide[:], value)
	out := ristretto255.NewScalar()
	if out.Decode(wide[:]) != nil {
		panic("a small scalar is not canonical")
	}
	return out
}

func parseBytes(text string, size int) ([]byte, error) {
	out, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(out) != size {
		return nil, errors.New("a part of the proof cannot be read")
	}
	return out, nil
}

func parseScalar(text string) (*ristretto255.Scalar, error) {
	encoded, err := parseBytes(text, 32)
	if err != nil {
		return nil, err
	}
	out := ristretto255.NewScalar()
	if err := out.Decode(encoded); err != nil {
		return nil, err
	}
	return out, nil
}

func weightsOf(most uint64) []uint64 {
	var out []uint64
	for weight := uint64(1); weight <= most; weight *= 2 {
		out = append(out, weight)
		most -= weight
	}
	if most != 0 {
		out = append(out, most)
	}
	return out
}

func checkClaim(t tally) error {
	for cell, count := range t.Counts {
		if !isCell(cell) || count > uint64(t.End-t.First) {
			return fmt.Errorf("the count of %q cannot be", cell)
		}
	}
	for i, cell := range t.Hidden.Cells {
		if _, shown := t.Counts[cell]; shown || !isCell(cell) || (i > 0 && t.Hidden.Cells[i-1] >= cell) {
			return fmt.Errorf("the hidden cells are not a list: %q", cell)
		}
	}
	if t.Hidden.Most > 1000000 || (t.Hidden.Most == 0) != (len(t.Hidden.Cells) == 0) ||
		t.Hidden.Sum > t.Hidden.Most*uint64(len(t.Hidden.Cells)) {
		return errors.New("the sum of the hidden counts cannot be")
	}
	return nil
}

// checkTally checks one book: sum is of all its commitments in the leaves.
func checkTally(t tally, claim string, sum *ristretto255.Element) error {
	if err := checkClaim(t); err != nil {
		return err
	}
	left := ristretto255.NewElement().Add(sum, ristretto255.NewElement())
	for cell, count := range t.Counts {
		left.Subtract(left, ristretto255.NewElement().ScalarMult(scalarOf(count), cellPoint(cell)))
	}
	if len(t.Hidden.Cells) == 0 {
		if t.Proof.Challenge != "" {
			return errors.New("the claim has another kind of proof")
		}
		blinding, err := parseScalar(t.Proof.Blinding)
		if err != nil {
			return err
		}
		if ristretto255.NewElement().ScalarBaseMult(blinding).Equal(left) != 1 {
			return errSum
		}
		return nil
	}
	if t.Proof.Blinding != "" {
		return errors.New("the claim has another kind of proof")
	}
	return checkHidden(t, claim, left)
}

func checkHidden(t tally, claim string, left *ristretto255.Element) error {
	weights := weightsOf(t.Hidden.Most)
	if len(t.Proof.Bits) != len(t.Hidden.Cells)*len(weights) || len(t.Proof.Answers) != len(t.Hidden.Cells) {
		return errors.New("the proof is of another number of cells")
	}
	challenge, err := parseScalar(t.Proof.Challenge)
	if err != nil {
		return err
	}
	var commitments, firsts bytes.Buffer
	added := ristretto255.NewElement()
	var cells []*ristretto255.Element
	for _, cell := range t.Hidden.Cells {
		cells = append(cells, cellPoint(cell))
	}
	for k, text := range t.Proof.Bits {
		encoded, err := parseBytes(text, 128)
		if err != nil {
			return err
		}
		commitment := ristretto255.NewElement()
		c0, z0, z1 := ristretto255.NewScalar(), ristretto255.NewScalar(), ristretto255.NewScalar()
		if commitment.Decode(encoded[:32]) != nil || c0.Decode(encoded[32:64]) != nil ||
			z0.Decode(encoded[64:96]) != nil || z1.Decode(encoded[96:]) != nil {
			return errors.New("a part of the proof cannot be read")
		}
		weight := scalarOf(weights[k%len(weights)])
		added.Add(added, ristretto255.NewElement().ScalarMult(weight, commitment))
		c1 := ristretto255.NewScalar().Subtract(challenge, c0)
		without := ristretto255.NewElement().Subtract(commitment, cells[k/len(weights)])
		a0 := ristretto255.NewElement().VarTimeDoubleScalarBaseMult(ristretto255.NewScalar().Negate(c0), commitment, z0)
		a1 := ristretto255.NewElement().VarTimeDoubleScalarBaseMult(ristretto255.NewScalar().Negate(c1), without, z1)
		commitments.Write(encoded[:32])
		firsts.Write(a0.Encode(nil))
		firsts.Write(a1.Encode(nil))
	}
	if added.Equal(left) != 1 {
		return errSum
	}
	blinding, err := parseScalar(t.Proof.AnswerOfBlinding)
	if err != nil {
		return err
	}
	answers := ristretto255.NewScalar()
	announced := ristretto255.NewElement().VarTimeDoubleScalarBaseMult(ristretto255.NewScalar().Negate(challenge), left, blinding)
	for i, text := range t.Proof.Answers {
		answer, err := parseScalar(text)
		if err != nil {
			return err
		}
		answers.Add(answers, answer)
		announced.Add(announced, ristretto255.NewElement().ScalarMult(answer, cells[i]))
	}
	if answers.Equal(ristretto255.NewScalar().Multiply(challenge, scalarOf(t.Hidden.Sum))) != 1 {
		return errors.New("the hidden counts do not add up to their sum")
	}
	words := sha512.Sum512([]byte(claim))
	hash := sha512.New()
	hash.Write([]byte("heliograph/transparency/hidden/v1\x00"))
	hash.Write(words[:])
	hash.Write(left.Encode(nil))
	hash.Write(commitments.Bytes())
	hash.Write(firsts.Bytes())
	hash.Write(announced.Encode(nil))
	if ristretto255.NewScalar().FromUniformBytes(hash.Sum(nil)).Equal(challenge) != 1 {
		return errors.New("the proof of the hidden counts does not hold")
	}
	return nil
}
