// What can be seen of an order's file without opening it: whether it is a PDF, what dangerous things are in
// it, and its signatures (PAdES, ISO 32000-1 12.8): who signed, whether the signature fits, whether it covers
// the whole file. What is found is shown to people and never decides anything by itself. Nothing is
// interpreted but the few bytes around a signature. Pure function; bounded in time and memory by the file's
// size, at most eight signatures.
#pragma once

#include <string>
#include <vector>

#include "base/codec.h"
#include "crypto/cms.h"

namespace heliograph::legal {

struct PdfSignature {
  bool readable = false;  // it is a CMS signature
  bool good = false;      // and it fits what it covers
  bool whole = false;     // which is the whole file; else something was added later, or left out
  bool trusted = false;   // and every signer is traced to somebody whom the operator trusts
  std::string signer, issuer, serial, digest;
  UnixSeconds valid_from = 0, valid_to = 0, signed_at = 0;
  std::string problem;  // in words; empty: none
  void fields(auto& codec) {
    codec(readable, good, whole, trusted, signer, issuer, serial, digest, valid_from, valid_to, signed_at,
          problem);
  }
};

struct PdfFacts {
  std::string name;  // as the officer's machine calls the file
  bool pdf = false;
  bool complete = false;   // it has an end
  bool encrypted = false;  // then nothing of it can be seen
  bool active = false;     // scripts, launches, embedded files: open it on a machine that may be lost
  std::vector<PdfSignature> signatures;
  void fields(auto& codec) { codec(name, pdf, complete, encrypted, active, signatures); }
};

PdfFacts examine_pdf(ByteView file, const crypto::CmsTrust& trust, UnixSeconds at);

}  // namespace heliograph::legal
