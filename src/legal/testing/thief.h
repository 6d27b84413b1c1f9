// Somebody who has copied the whole data folder and knows secret.key: looks for something in every file, in
// every value of every table, and in all that any of the given keys opens. For which row something was sealed
// does not matter: they use the cipher alone.
#pragma once

#include <gtest/gtest.h>
#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "crypto/sealer.h"

namespace heliograph::legal::testing {

class Thief {
 public:
  // `needles`: the same thing in all forms that it could be written in.
  Thief(std::vector<crypto::SecretKey> keys, std::vector<Bytes> needles)
      : keys_(std::move(keys)), needles_(std::move(needles)) {}

  // "table.column" of each value that holds it, in the clear or sealed; "file NAME" of files that hold it in
  // the clear.
  std::set<std::string> search(const std::filesystem::path& folder) {
    std::set<std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      if (holds(as_bytes(bytes))) out.insert("file " + entry.path().filename().string());
      if (bytes.starts_with("SQLite format 3")) search_database(entry.path(), out);
    }
    return out;
  }
  // How many values some key has opened: more than none, or the search proves nothing.
  std::size_t opened() const { return opened_; }

 private:
  static constexpr std::size_t nonce_size = 24, tag_size = 16;

  bool holds(ByteView bytes) const {
    return std::ranges::any_of(needles_, [&](const Bytes& needle) {
      return std::search(bytes.begin(), bytes.end(), needle.begin(), needle.end()) != bytes.end();
    });
  }

  // As crypto::Sealer seals, without asking what it was sealed for: the cipher alone, whatever the tag says.
  bool opens_to_it(ByteView sealed) {
    if (sealed.size() <= crypto::Sealer::overhead) return false;
    const auto text = sealed.subspan(nonce_size, sealed.size() - crypto::Sealer::overhead);
    return std::ranges::any_of(keys_, [&](const crypto::SecretKey& key) {
      Bytes plain(text.size());
      // XChaCha20 in its form for this AEAD: a key from the nonce's first half, then ChaCha20 from block 1
      // on.
      std::array<std::uint8_t, 32> inner{};
      crypto_core_hchacha20(inner.data(), sealed.data(), key.view().data(), nullptr);
      std::array<std::uint8_t, 12> nonce{};
      std::copy_n(sealed.data() + 16, 8, nonce.data() + 4);
      crypto_stream_chacha20_ietf_xor_ic(plain.data(), text.data(), text.size(), nonce.data(), 1,
                                         inner.data());
      ++opened_;
      return holds(plain);
    });
  }

  void search_database(const std::filesystem::path& path, std::set<std::string>& out) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    std::vector<std::string> tables;
    rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL",
         [&](sqlite3_stmt* row) {
           tables.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(row, 0)));
         });
    for (const auto& table : tables) {
      rows(db, "SELECT * FROM \"" + table + "\"", [&](sqlite3_stmt* row) {
        for (int i = 0; i < sqlite3_column_count(row); ++i) {
          const int type = sqlite3_column_type(row, i);
          if (type != SQLITE_BLOB && type != SQLITE_TEXT) continue;
          const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, i));
          const ByteView value(data, static_cast<std::size_t>(sqlite3_column_bytes(row, i)));
          if (holds(value) || opens_to_it(value)) {
            out.insert(table + "." + sqlite3_column_name(row, i));
          }
        }
      });
    }
    sqlite3_close(db);
  }
  template <typename Each>
  static void rows(sqlite3* db, const std::string& sql, Each each) {
    sqlite3_stmt* statement = nullptr;
    // Virtual tables whose module is not here hold nothing of their own.
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return;
    while (sqlite3_step(statement) == SQLITE_ROW) each(statement);
    sqlite3_finalize(statement);
  }

  std::vector<crypto::SecretKey> keys_;
  std::vector<Bytes> needles_;
  std::size_t opened_ = 0;
};

}  // namespace heliograph::legal::testing
