module heliograph.example/tools/verify-report

go 1.18

require (
	github.com/gtank/ristretto255 v0.1.2
	golang.org/x/mod v0.17.0
)
