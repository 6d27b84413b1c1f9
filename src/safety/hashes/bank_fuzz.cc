// Any bytes as a bank or as a list to import: refused with a reason, or read; what was read is written and
// read again as it was.
#include "base/assert.h"
#include "base/bytes.h"
#include "safety/hashes/exchange.h"
#include "safety/hashes/hash_lists.h"

using namespace heliograph;

namespace {

void take_in(const safety::Bank& bank) {
  const auto again = safety::parse_bank(safety::bank_text(bank), bank.name + ".bank");
  HG_ASSERT(again && again->signals.size() == bank.signals.size());
  const auto lists = safety::HashLists::build({bank}, 0);
  HG_ASSERT(lists.has_value());
  for (const auto& one : bank.signals) {
    safety::MediaPrint print;
    print.pdq_quality = 100;
    (one.type == safety::SignalType::pdq ? print.pdq : print.sha256).push_back(one.hash);
    const bool listed = bank.category && bank.state == safety::BankState::active && one.expires == 0;
    HG_ASSERT((*lists)->match(print).empty() != listed || one.expires != 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text({data, size});
  if (const auto bank = safety::parse_bank(text, "fuzz.bank")) {
    take_in(*bank);
  } else {
    HG_ASSERT(!bank.error().message.empty());
  }
  for (const bool lenient : {false, true}) {
    const auto format = safety::exchange_format_of(text);
    auto imported = safety::read_exchange(format, text, "fuzz", {.leave_out_faults = lenient});
    if (!imported) continue;
    safety::Bank bank{
        "fuzz", "1", terms::Category::spam, "", safety::BankState::active, 31, std::move(imported->signals)};
    take_in(bank);
    for (const auto out :
         {safety::ExchangeFormat::lines, safety::ExchangeFormat::csv, safety::ExchangeFormat::json}) {
      const auto written = safety::write_exchange(out, bank, 0);
      const auto read = safety::read_exchange(out, written, "again", {});
      HG_ASSERT(read && read->signals.size() == bank.signals.size());
    }
  }
  return 0;
}
