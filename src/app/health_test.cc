#include "app/health.h"

#include <gmock/gmock.h>

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Level = web::HealthPart::Status;

web::HealthPart part_of(const Metrics& metrics, std::string_view name) {
  for (const auto& part : Health(metrics).parts()) {
    if (part.name == name) return part;
  }
  ADD_FAILURE() << name;
  return {};
}

TEST(Health, WhatTheServerHasNotIsOff) {
  EXPECT_EQ(part_of(Metrics(), "second_stage").status, Level::off);
}

TEST(Health, AHaltedLedgerFailsWhateverElseIsWrongWithIt) {
  Metrics metrics;
  double halted = 0, alarms = 0;
  metrics.gauge("heliograph_ledger_halted", "", [&] { return halted; });
  metrics.counter("heliograph_ledger_alarms_total", "", [&] { return alarms; });
  metrics.gauge("heliograph_ledger_size", "", [] { return 64.0; });
  EXPECT_EQ(part_of(metrics, "ledger").status, Level::ok);
  EXPECT_THAT(part_of(metrics, "ledger").detail, IsEmpty());
  alarms = 2;
  EXPECT_EQ(part_of(metrics, "ledger").status, Level::warning);
  halted = 1;
  const auto part = part_of(metrics, "ledger");
  EXPECT_EQ(part.status, Level::failing);
  EXPECT_THAT(part.detail, HasSubstr("nothing is enforced"));
  EXPECT_THAT(part.facts, ::testing::Contains(std::pair<std::string, std::string>("entries", "64")));
}

TEST(Health, SumsWhatIsCountedByLabel) {
  Metrics metrics;
  metrics.gauge("heliograph_judging_waiting", "", [] { return 600.0; }, {{"kind", "posts"}});
  metrics.gauge("heliograph_judging_waiting", "", [] { return 500.0; }, {{"kind", "media"}});
  EXPECT_EQ(part_of(metrics, "queue").status, Level::warning);
}

}  // namespace
}  // namespace heliograph::app
