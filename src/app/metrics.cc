#include "app/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace heliograph::app {

void Metrics::counter(std::string name, std::string help, Read read,
                      std::vector<std::pair<std::string, std::string>> labels) {
  metrics_.push_back({true, std::move(name), std::move(help), std::move(labels), std::move(read)});
}

void Metrics::gauge(std::string name, std::string help, Read read,
                    std::vector<std::pair<std::string, std::string>> labels) {
  metrics_.push_back({false, std::move(name), std::move(help), std::move(labels), std::move(read)});
}

std::optional<double> Metrics::value(std::string_view name) const {
  std::optional<double> sum;
  for (const auto& metric : metrics_) {
    if (metric.name == name) sum = sum.value_or(0) + metric.read();
  }
  return sum;
}

std::string Metrics::text() const {
  std::vector<prometheus::MetricFamily> families;
  for (const auto& metric : metrics_) {
    if (families.empty() || families.back().name != metric.name) {
      const auto type = metric.counts_up ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
      families.push_back({metric.name, metric.help, type, {}});
    }
    prometheus::ClientMetric sample;
    for (const auto& [name, value] : metric.labels) {
      prometheus::ClientMetric::Label label;
      label.name = name;
      label.value = value;
      sample.label.push_back(std::move(label));
    }
    (metric.counts_up ? sample.counter.value : sample.gauge.value) = metric.read();
    families.back().metric.push_back(std::move(sample));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace heliograph::app
