// Checks a transparency report of a Heliograph server from public data alone, as docs/transparency-proof.md says. It
// shares no code with the server: Go's own transparency log packages, and somebody else's ristretto255.
//
//	verify-report report DOCUMENT NOTE --key VKEY --log LOG [--previous DOCUMENT] [--seen FILE] [--counts-only]
//	verify-report entry OPENING PROOF --key VKEY [--entry BASE64 | --log LOG] [--report DOCUMENT]
//
// LOG is the address of a log (https://chat.example.org/ledger) or a folder with a copy of it (the list
// of cells, there, is cells/index). FILE remembers the last
// tree that was seen. With --counts-only, the proofs of single entries of the legal book are left out. Prints a line of JSON, or exits 1 with a sentence that says what is wrong.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
)

const usage = "usage: verify-report report DOCUMENT NOTE --key VKEY --log LOG [--previous DOCUMENT] [--seen FILE] [--counts-only]\n" +
	"       verify-report entry OPENING PROOF --key VKEY [--entry BASE64 | --log LOG] [--report DOCUMENT]"

func main() {
	result, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(result)
}

// split takes two file names off the arguments and leaves the options.
func split(arguments []string) ([]string, []string, error) {
	if len(arguments) < 3 {
		return nil, nil, errors.New(usage)
	}
	return arguments[1:3], arguments[3:], nil
}

func run(arguments []string) (map[string]interface{}, error) {
	files, rest, err := split(arguments)
	if err != nil {
		return nil, err
	}
	options := flag.NewFlagSet("verify-report", flag.ContinueOnError)
	options.Usage = func() {}
	key := options.String("key", "", "")
	from := options.String("log", "", "")
	previous := options.String("previous", "", "")
	seen := options.String("seen", "", "")
	countsOnly := options.Bool("counts-only", false, "")
	entry := options.String("entry", "", "")
	report := options.String("report", "", "")
	if err := options.Parse(rest); err != nil || options.NArg() != 0 {
		return nil, errors.New(usage)
	}
	first, err := os.ReadFile(files[0])
	if err != nil {
		return nil, err
	}
	second, err := os.ReadFile(files[1])
	if err != nil {
		return nil, err
	}
	switch arguments[0] {
	case "report":
		var before []byte
		if *previous != "" {
			if before, err = os.ReadFile(*previous); err != nil {
				return nil, err
			}
		}
		return checkReport(first, second, before, *key, *from, *seen, *countsOnly)
	case "entry":
		var leaf, document []byte
		if *entry != "" {
			if leaf, err = base64.StdEncoding.DecodeString(*entry); err != nil {
				return nil, err
			}
		}
		if *report != "" {
			if document, err = os.ReadFile(*report); err != nil {
				return nil, err
			}
		}
		return checkEntry(first, second, leaf, *key, *from, document)
	}
	return nil, errors.New(usage)
}
