#include "legal/disclosure/pdf_pages.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "crypto/hash.h"
#include "ledger/text.h"

namespace heliograph::legal {

namespace {

constexpr std::size_t kLinesOfPage = 62, kColumns = 84;

// "2026-11-29 12:30:05"
std::string moment(UnixSeconds at) {
  const std::chrono::sys_seconds time{std::chrono::seconds(at)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out.data();
}

std::string column(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

void add_cut(std::vector<std::string>& lines, const std::string& text) {
  for (std::size_t at = 0; at < text.size(); at += kColumns - 4) {
    lines.push_back("    " + text.substr(at, kColumns - 4));
  }
}

std::vector<std::string> lines_of(const Disclosure& disclosure, const Cover& cover, std::string_view json) {
  std::vector<std::string> out{
      "Disclosure to an authority",
      "",
      "Request " + std::to_string(cover.request) + ", answered " + moment(cover.made_at) + " UTC",
      "Public log:",
  };
  add_cut(out, shown_origin(cover));
  out.emplace_back("Entry of this disclosure in it, base64:");
  add_cut(out, ledger::to_base64(cover.entry));
  out.emplace_back("SHA-256 of the JSON beside this, which counts where the two differ:");
  add_cut(out, to_hex(crypto::sha256(as_bytes(json))));
  out.emplace_back("");
  out.push_back("Phone number: " + (disclosure.phone ? disclosure.phone->text() : "none is disclosed"));
  out.emplace_back("");
  if (disclosure.addresses.empty()) {
    out.emplace_back("IP addresses: none are disclosed");
    return out;
  }
  out.emplace_back("IP addresses; times are UTC");
  out.emplace_back("");
  out.push_back(column("Address", 40) + column("Port", 6) + column("First", 20) + "Last");
  for (const auto& one : disclosure.addresses) {
    out.push_back(column(one.address.text(), 40) + column(one.port == 0 ? "-" : std::to_string(one.port), 6) +
                  column(moment(one.first), 20) + moment(one.last));
  }
  return out;
}

// In parentheses, as PDF writes text. All that comes here is printable ASCII.
std::string literal(std::string_view text) {
  std::string out = "(";
  for (const char c : text) {
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  return out + ")";
}

class PdfFile {
 public:
  // `number`: 1 and so on, in any order.
  void object(std::size_t number, const std::string& body) {
    if (places_.size() < number) places_.resize(number);
    places_[number - 1] = out_.size();
    out_ += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
  }
  std::string finish() && {
    const auto table = out_.size();
    out_ += "xref\n0 " + std::to_string(places_.size() + 1) + "\n0000000000 65535 f \n";
    for (const auto place : places_) {
      std::array<char, 24> row{};
      std::snprintf(row.data(), row.size(), "%010zu 00000 n \n", place);
      out_ += row.data();
    }
    out_ += "trailer\n<< /Size " + std::to_string(places_.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
            std::to_string(table) + "\n%%EOF\n";
    return std::move(out_);
  }

 private:
  std::string out_ = "%PDF-1.4\n";
  std::vector<std::size_t> places_;
};

}  // namespace

std::string to_pdf(const Disclosure& disclosure, const Cover& cover, std::string_view json) {
  const auto lines = lines_of(disclosure, cover, json);
  const auto pages = (lines.size() + kLinesOfPage - 1) / kLinesOfPage;
  // 1: catalogue, 2: pages, 3: font, then each page and what is on it.
  PdfFile file;
  std::string kids;
  for (std::size_t i = 0; i < pages; ++i) kids += std::to_string(4 + 2 * i) + " 0 R ";
  file.object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  file.object(2, "<< /Type /Pages /Kids [ " + kids + "] /Count " + std::to_string(pages) + " >>");
  file.object(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>");
  for (std::size_t i = 0; i < pages; ++i) {
    std::string text = "BT /F1 9 Tf 12 TL 50 790 Td\n";
    for (std::size_t at = i * kLinesOfPage; at < std::min(lines.size(), (i + 1) * kLinesOfPage); ++at) {
      text += literal(lines[at]) + " Tj T*\n";
    }
    text += "ET\nBT /F1 9 Tf 50 30 Td " +
            literal("Request " + std::to_string(cover.request) + ", page " + std::to_string(i + 1) + " of " +
                    std::to_string(pages)) +
            " Tj ET\n";
    file.object(4 + 2 * i,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R "
                ">> >> /Contents " +
                    std::to_string(5 + 2 * i) + " 0 R >>");
    file.object(5 + 2 * i,
                "<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "endstream");
  }
  return std::move(file).finish();
}

}  // namespace heliograph::legal
