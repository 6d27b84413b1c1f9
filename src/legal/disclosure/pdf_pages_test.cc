// The answer as pages: readers find every object, and nothing stands there that the types do not hold.
#include "legal/disclosure/pdf_pages.h"

#include <gmock/gmock.h>

#include <regex>

#include "crypto/hash.h"
#include "legal/orders/pdf.h"

namespace heliograph::legal {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Disclosure many(std::size_t addresses) {
  Disclosure out{PhoneNumber::parse("4915112345678").value(), {}};
  for (std::size_t i = 0; i < addresses; ++i) {
    out.addresses.push_back({IpAddress::parse("203.0.113.7").value(), 40'000, 1'699'990'000, 1'699'990'060});
  }
  return out;
}
const Cover kOfPages{7, 1'700'000'000, "example.org/ledger", Bytes(65, 1)};

// All that is shown, line by line.
std::string shown(const std::string& pdf) {
  std::string out;
  const std::regex text(R"(\(((?:[^()\\]|\\.)*)\) Tj)");
  for (std::sregex_iterator it(pdf.begin(), pdf.end(), text), end; it != end; ++it)
    out += (*it)[1].str() + "\n";
  return out;
}

TEST(PdfPages, SayWhatTheJsonSays) {
  auto disclosure = many(1);
  disclosure.addresses.push_back({IpAddress::parse("2001:db8::7").value(), 0, 1'699'990'000, 1'699'990'060});
  const auto text = shown(to_pdf(disclosure, kOfPages));
  EXPECT_THAT(text, HasSubstr("Request 7, answered 2023-11-14 22:13:20 UTC"));
  EXPECT_THAT(text, HasSubstr("Phone number: +4915112345678"));
  EXPECT_THAT(text, ::testing::ContainsRegex("203.0.113.7 +40000 +2023-11-14 19:26:40 +2023-11-14 19:27:40"));
  EXPECT_THAT(text, ::testing::ContainsRegex("2001:db8::7 +- +2023-11-14 19:26:40"));
  EXPECT_THAT(text, HasSubstr(to_hex(crypto::sha256(as_bytes(to_json(disclosure, kOfPages))))));
  const auto bare = shown(to_pdf({}, kOfPages));
  EXPECT_THAT(bare, HasSubstr("Phone number: none is disclosed"));
  EXPECT_THAT(bare, HasSubstr("IP addresses: none are disclosed"));
}

TEST(PdfPages, TheTableLeadsToEveryObjectOfEveryPage) {
  for (const std::size_t addresses : {0U, 1U, 60U, 1000U}) {
    const auto pdf = to_pdf(many(addresses), kOfPages);
    EXPECT_EQ(pdf, to_pdf(many(addresses), kOfPages));
    const auto start = pdf.rfind("startxref\n");
    ASSERT_NE(start, pdf.npos);
    const auto table = std::stoul(pdf.substr(start + 10));
    ASSERT_EQ(pdf.substr(table, 5), "xref\n");
    std::size_t row = pdf.find("65535 f \n", table) + 9;
    std::size_t number = 1;
    for (; pdf.substr(row + 11, 9) == "00000 n \n"; row += 20, ++number) {
      const auto place = std::stoul(pdf.substr(row, 10));
      const auto begins = std::to_string(number) + " 0 obj\n";
      EXPECT_EQ(pdf.substr(place, begins.size()), begins);
    }
    EXPECT_THAT(pdf, HasSubstr("/Size " + std::to_string(number) + " "));
    const auto pages = (number - 4) / 2;
    EXPECT_THAT(pdf, HasSubstr("/Count " + std::to_string(pages) + " "));
    EXPECT_THAT(shown(pdf), HasSubstr("page " + std::to_string(pages) + " of " + std::to_string(pages)));
    // Streams are as long as they say.
    const std::regex stream(R"(/Length (\d+) >>\nstream\n)");
    for (std::sregex_iterator it(pdf.begin(), pdf.end(), stream), end; it != end; ++it) {
      const auto after = static_cast<std::size_t>(it->position() + it->length()) + std::stoul((*it)[1].str());
      EXPECT_EQ(pdf.substr(after, 9), "endstream");
    }
    const auto facts = examine_pdf(as_bytes(pdf), crypto::CmsTrust(), 1'700'000'000);
    EXPECT_TRUE(facts.pdf && facts.complete);
    EXPECT_FALSE(facts.active || facts.encrypted);
  }
}

TEST(PdfPages, AnOperatorsNameForTheLogCannotSayMore) {
  auto cover = kOfPages;
  cover.origin = "Ann said: (hello) Tj";
  const auto pdf = to_pdf(many(1), cover);
  EXPECT_THAT(pdf, Not(HasSubstr("hello")));
  cover.origin = "a(b)\\c";
  EXPECT_THAT(to_pdf(many(1), cover), HasSubstr("(    a\\(b\\)\\\\c) Tj"));
}

}  // namespace
}  // namespace heliograph::legal
