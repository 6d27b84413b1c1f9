// Banks, what is exchanged, and how they are matched. All hashes here are made up.
#include <gmock/gmock.h>

#include <unistd.h>
#include <filesystem>
#include <fstream>

#include <random>

#include "safety/hashes/exchange.h"
#include "safety/hashes/hash_lists.h"

namespace heliograph::safety {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kPdq = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
const std::string kSha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const std::string kHead = "version: 1\ncategory: terrorism\n";

Hash256 random_hash(std::mt19937_64& random) {
  return {{random(), random(), random(), random()}};
}
Hash256 off_by(Hash256 hash, int bits, std::mt19937_64& random) {
  const auto before = hash;
  while (distance(hash, before) < bits) {
    const auto bit = random() % 256;
    hash.words[bit / 64] |= std::uint64_t{1} << bit % 64;
    if (distance(hash, before) < bits) hash.words[(bit + 1) % 4] &= ~(std::uint64_t{1} << (bit * 7) % 64);
  }
  return hash;
}
MediaPrint picture(const Hash256& pdq, int quality = 100) {
  return {{}, {pdq}, quality};
}
std::shared_ptr<const HashLists> lists_of(std::vector<Bank> banks, UnixSeconds now = 0) {
  auto lists = HashLists::build(std::move(banks), now);
  EXPECT_TRUE(lists) << lists.error().message;
  return *lists;
}
Bank bank_of(const std::string& name, const std::string& text) {
  auto bank = parse_bank(text, name + ".bank");
  EXPECT_TRUE(bank) << bank.error().message;
  return *bank;
}

TEST(Bank, ReadsWhatItWrites) {
  const auto bank = bank_of("partner",
                            "# from a partner\nversion: 2026-11-28.1\ncategory: terrorism\n"
                            "source: partner, case 4711\ndistance: 20\npdq " +
                                kPdq + "\nexpires: 2027-06-01\nsha256 " + kSha + "\n");
  EXPECT_EQ(bank.name, "partner");
  EXPECT_EQ(bank.category, terms::Category::terrorism);
  EXPECT_EQ(bank.distance, 20);
  ASSERT_EQ(bank.signals.size(), 2U);
  EXPECT_EQ(bank.signals[0].expires, 0);
  EXPECT_EQ(bank.signals[1].expires, 1811808000);
  EXPECT_EQ(bank.signals[1].hash.hex(), kSha);
  const auto text = bank_text(bank);
  EXPECT_EQ(bank_text(bank_of("partner", text)), text);
}

TEST(Bank, WhatIsWrongIsNamedWithItsLine) {
  const std::string pdq = "pdq " + kPdq + "\n";
  const struct {
    std::string text, complaint;
  } faults[] = {
      {"category: csae\n" + pdq, "t.bank:1: there is no line \"version: ...\""},
      {"version: 1\n" + pdq, "t.bank:1: there is no line \"category: ...\""},
      {"version: 1\ncategory: evil\n", "t.bank:2: category must be a category of harm"},
      {kHead + "distance: 32\n", "t.bank:3: distance must be a number from 0 to 31"},
      {kHead + "distance: -1\n", "t.bank:3: distance must be"},
      {kHead + "expires: 2027-02-30\n", "t.bank:3: expires must be a date"},
      {kHead + "state: on\n", "t.bank:3: state must be proposed, active or retired"},
      {kHead + "effect: ban\n", "t.bank:3: unknown key \"effect\""},
      {kHead + "pdq f8f8\n", "t.bank:3: a hash is 64 hexadecimal digits"},
      {kHead + "pdq " + kPdq.substr(1) + "g\n", "t.bank:3: a hash is 64 hexadecimal digits"},
      {kHead + "md5 d41d8cd98f00b204e9800998ecf8427e\n", "t.bank:3: \"md5\" is no kind of hash"},
      {kHead + "pdq " + std::string(64, '0') + "\n", "t.bank:3: the hash is all zeros"},
      {kHead + "sha256 " + std::string(64, 'f') + "\n", "t.bank:3: the hash is all ones"},
      {kHead + "pdq " + std::string(60, '0') + "ffff\n", "t.bank:3: this is no PDQ hash of a picture"},
      {kHead + pdq + "\n" + pdq, "t.bank:5: the hash is in line 3 already"},
      {kHead + "version: 2\n", "t.bank:3: version is given twice"},
      {"", "t.bank:1: there is no line"},
  };
  for (const auto& fault : faults) {
    const auto bank = parse_bank(fault.text, "t.bank");
    ASSERT_FALSE(bank) << fault.complaint;
    EXPECT_EQ(bank.error().code, "HASHES_INVALID");
    EXPECT_THAT(bank.error().message, HasSubstr(fault.complaint));
  }
}

TEST(Exchange, EveryFormatComesBackAsItWent) {
  const auto bank = bank_of("partner", kHead + "pdq " + kPdq + "\nsha256 " + kSha + "\n");
  for (const auto format : {ExchangeFormat::lines, ExchangeFormat::csv, ExchangeFormat::json}) {
    const auto text = write_exchange(format, bank, 1764000000);
    EXPECT_EQ(exchange_format_of(text), format) << text;
    const auto back = read_exchange(format, text, "list", {});
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->signals.size(), 2U);
    EXPECT_EQ(back->signals[0].hash.hex(), kPdq);
    EXPECT_EQ(back->signals[1].type, SignalType::sha256);
  }
}

TEST(Exchange, ReadsWhatOthersWrite) {
  const auto read = [](const std::string& text) {
    auto imported = read_exchange(exchange_format_of(text), text, "list", {});
    EXPECT_TRUE(imported) << imported.error().message;
    return imported.value_or(Imported{});
  };
  // threatexchange dataset -P --csv
  const auto dataset = read("collab,signal_type,signal_str,category,tags\r\n\"Sample, Data\",pdq," + kPdq +
                            ",POSITIVE_CLASS,a b\r\nSample Data,sha256," + kSha +
                            ",NEGATIVE_CLASS,\r\nSample Data,video_md5,d41d8cd98f00b204e9800998ecf8427e,"
                            "POSITIVE_CLASS,\r\n");
  EXPECT_EQ(dataset.signals.size(), 1U);
  EXPECT_EQ(dataset.withdrawn, 1U);
  EXPECT_EQ(dataset.other_types, 1U);
  // /threat_updates
  const auto updates =
      read(R"({"data":[{"id":"1","indicator":")" + kPdq +
           R"(","type":"HASH_PDQ","last_updated":1,"should_delete":false,)"
           R"("descriptors":{"data":[{"status":"NON_MALICIOUS"},{"status":"MALICIOUS"}]}},)"
           R"({"id":"2","indicator":")" +
           kSha + R"(","type":"HASH_SHA256","last_updated":1,"should_delete":true}],"paging":{}})");
  EXPECT_EQ(updates.signals.size(), 1U);
  EXPECT_EQ(updates.withdrawn, 1U);
  // Content of a bank of Hasher-Matcher-Actioner, one a line
  const auto content = read(R"({"id":1,"signals":{"pdq":")" + kPdq + "\"}}\n" +
                            R"({"id":2,"signals":{"sha256":")" + kSha + "\"}}\n");
  EXPECT_EQ(content.signals.size(), 2U);
  // pdq-photo-hasher
  EXPECT_EQ(read("hash,quality,filename\n" + kPdq + ",100,a.jpg\n").signals.size(), 1U);
}

TEST(Exchange, APoisonedListIsRefusedAsAWholeOrWithoutItsFaults) {
  const std::string list = "signal_type,signal_str,quality\npdq," + kPdq + ",100\npdq," + kPdq +
                           ",100\npdq,xyz,100\npdq," + std::string(64, '0') + ",100\npdq," + kSha +
                           ",49\nsha256," + kSha + ",\n";
  const auto refused = read_exchange(ExchangeFormat::csv, list, "list.csv", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "list.csv:3: the hash is there already\n"
            "list.csv:4: a hash is 64 hexadecimal digits\n"
            "list.csv:5: the hash is all zeros\n"
            "list.csv:6: the quality of the PDQ hash is below 50: it would match unlike pictures\n"
            "list.csv:7: quality is no number");
  const auto rest = read_exchange(ExchangeFormat::csv, list, "list.csv", {.leave_out_faults = true});
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->signals.size(), 1U);
  EXPECT_EQ(rest->left_out, 5U);
}

TEST(PdqIndex, FindsWhatLookingAtEachWouldFind) {
  std::mt19937_64 random(7);
  for (const std::size_t count : {100U, 5'000U, 60'000U, 300'000U}) {
    std::vector<Hash256> hashes;
    for (std::size_t i = 0; i < count; ++i) hashes.push_back(random_hash(random));
    const PdqIndex index(hashes);
    for (int i = 0; i < 60; ++i) {
      const auto number = random() % count;
      const auto query = off_by(hashes[number], i % 34, random);
      std::vector<PdqIndex::Found> found;
      index.find(query, 31, found);
      std::vector<std::uint32_t> expected, got;
      for (std::uint32_t k = 0; k < count; ++k) {
        if (distance(hashes[k], query) <= 31) expected.push_back(k);
      }
      for (const auto& one : found) got.push_back(one.number);
      EXPECT_EQ(got, expected) << count << ", " << i % 34 << " bits off, " << index.bands() << " bands";
    }
  }
}

TEST(HashLists, MatchesTheSameBytesAndPicturesThatLookAlike) {
  std::mt19937_64 random(3);
  const auto pdq = *Hash256::from_hex(kPdq), sha = *Hash256::from_hex(kSha);
  const auto lists = lists_of({bank_of("partner", kHead + "pdq " + kPdq + "\n"),
                               bank_of("own", "version: 7\ncategory: csae\nsha256 " + kSha + "\n")});
  EXPECT_EQ(lists->version(), "own 7, partner 1");

  const auto exact = lists->match({{sha}, {}, 0});
  ASSERT_EQ(exact.size(), 1U);
  EXPECT_EQ(exact[0].text(), "own 7 sha256 " + kSha);
  EXPECT_EQ(exact[0].score, 1.0f);
  EXPECT_EQ(exact[0].category, terms::Category::csae);

  const auto near = lists->match(picture(off_by(pdq, 31, random)));
  ASSERT_EQ(near.size(), 1U);
  EXPECT_EQ(near[0].text(), "partner 1 pdq " + kPdq + ": 31 bits off");
  EXPECT_NEAR(near[0].score, 0.9f, 1e-4);
  EXPECT_TRUE(lists->match(picture(off_by(pdq, 32, random))).empty());
  EXPECT_TRUE(lists->match(picture(pdq, 49)).empty()) << "too little to see";

  MediaPrint turned{{sha}, {random_hash(random), pdq}, 100};
  const auto both = lists->match(turned);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].bank, "own");
  EXPECT_THAT(both[1].text(), HasSubstr("0 bits off, turned"));
  EXPECT_EQ(lists->match(turned).size(), 2U) << "remembered";
}

TEST(HashLists, ExceptionsStatesAndExpiry) {
  const auto pdq = *Hash256::from_hex(kPdq);
  const auto partner = bank_of("partner", kHead + "expires: 2027-01-01\npdq " + kPdq + "\n");
  const auto new_year = 1798761600;
  EXPECT_EQ(lists_of({partner}, new_year - 1)->match(picture(pdq)).size(), 1U);
  EXPECT_EQ(lists_of({partner}, new_year - 1)->expires(), new_year);
  EXPECT_TRUE(lists_of({partner}, new_year)->match(picture(pdq)).empty());
  const auto not_so = bank_of("not-so", "version: 1\ncategory: none\npdq " + kPdq + "\n");
  EXPECT_TRUE(lists_of({partner, not_so})->match(picture(pdq)).empty());
  auto proposed = partner;
  proposed.state = BankState::proposed;
  EXPECT_TRUE(lists_of({proposed})->match(picture(pdq)).empty());
  auto strict = partner;
  strict.distance = 0;
  std::mt19937_64 random(1);
  EXPECT_TRUE(lists_of({strict})->match(picture(off_by(pdq, 1, random))).empty());
  EXPECT_FALSE(HashLists::build({partner, partner}, 0));
}

TEST(HashLists, AFolderIsReadAsAWholeOrNotAtAll) {
  const auto folder = std::filesystem::temp_directory_path() / ("hashes" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
  };
  write("partner.bank", kHead + "pdq " + kPdq + "\n");
  write("notes.txt", "not a bank");
  const auto lists = HashLists::load(folder, 0);
  ASSERT_TRUE(lists) << lists.error().message;
  EXPECT_EQ((*lists)->size(), 1U);
  write("second.bank", kHead + "pdq 123\n");
  const auto refused = HashLists::load(folder, 0);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("second.bank:3: a hash is"));
  EXPECT_EQ((*HashLists::load("", 0))->version(), "none");
  EXPECT_FALSE(HashLists::load(folder / "nowhere", 0));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace heliograph::safety
