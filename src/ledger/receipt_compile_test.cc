// That a receipt cannot be made by anybody but the ledger is a promise of the compiler: these programs must
// not compile, and one that is the same but for the offence must.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <type_traits>

#include "ledger/receipt.h"
#include "store/suite/temp_directory.h"

namespace heliograph::ledger {
namespace {

// Whether a program with `body` in a function that is given a receipt compiles.
bool compiles(const std::string& body) {
  const store::suite::TempDirectory place;
  const auto file = (place / "program.cc").string();
  std::ofstream(file) << "#include \"ledger/receipt.h\"\nusing namespace heliograph;\n"
                         "using ledger::Receipt;\nvoid act(store::Tx& tx, Receipt& receipt) {\n"
                      << body << "\n}\n";
  const auto command = std::string(HELIOGRAPH_CXX) + " -std=c++23 -fsyntax-only -I" + HELIOGRAPH_SOURCE_DIR +
                       "/src " + file + " 2>" + (place / "errors").string();
  return std::system(command.c_str()) == 0;
}

static_assert(!std::is_default_constructible_v<Receipt>);
static_assert(!std::is_copy_constructible_v<Receipt>);
static_assert(!std::is_copy_assignable_v<Receipt>);
static_assert(!std::is_constructible_v<Receipt, RecordId, Bytes, std::string, Subject>);

TEST(Receipt, OnlyTheLedgerMakesOne) {
  ASSERT_TRUE(compiles("static_cast<void>(receipt.redeem(tx, \"act\", receipt.subject()));"));
  EXPECT_FALSE(
      compiles("Receipt made{ledger::RecordId{1}, Bytes{}, \"act\", ledger::Subject{\"account/1\"}};"));
  EXPECT_FALSE(
      compiles("struct Mine : Receipt { Mine() : Receipt(ledger::RecordId{1}, {}, \"\", {}) {} } mine;"));
  EXPECT_FALSE(compiles("Receipt copy(receipt);"));
}

}  // namespace
}  // namespace heliograph::ledger
