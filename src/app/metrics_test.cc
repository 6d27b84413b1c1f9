#include "app/metrics.h"

#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

TEST(Metrics, AreReadWhenAskedFor) {
  Metrics metrics;
  double count = 1;
  metrics.counter("a_total", "How many.", [&] { return count; }, {{"kind", "x"}});
  metrics.counter("a_total", "", [] { return 7.0; }, {{"kind", "y\"z"}});
  metrics.gauge("b", "How much.", [] { return 2.5; });
  count = 3;
  EXPECT_EQ(
      metrics.text(),
      "# HELP a_total How many.\n# TYPE a_total counter\na_total{kind=\"x\"} 3\na_total{kind=\"y\\\"z\"} 7\n"
      "# HELP b How much.\n# TYPE b gauge\nb 2.5\n");
}

}  // namespace
}  // namespace heliograph::app
