#include "tl/schema.h"

#include "tl/descriptor.h"

namespace heliograph::tl {

std::span<const std::int32_t> layers() {
  return {kLayers, kLayerCount};
}
std::int32_t min_layer() {
  return kLayers[0];
}
std::int32_t max_layer() {
  return kLayers[kLayerCount - 1];
}

std::int32_t serving_layer(std::int32_t layer) {
  const std::uint32_t bit = layer_bit(layer);
  std::size_t at = 0;
  while ((bit >> at) != 1) ++at;
  return kLayers[at];
}

std::string_view name_of_id(std::uint32_t id) {
  const Variant* variant = find_variant(id);
  return variant == nullptr ? "" : kStructures[variant->structure]->name;
}

bool is_method_id(std::uint32_t id) {
  const Variant* variant = find_variant(id);
  return variant != nullptr && kStructures[variant->structure]->function;
}

std::vector<Method> methods() {
  std::vector<Method> result;
  for (std::size_t i = 0; i < kStructureCount; ++i) {
    const Structure& structure = *kStructures[i];
    if (!structure.function) continue;
    for (std::size_t v = 0; v < structure.variant_count; ++v) {
      const Variant& variant = kVariants[structure.first_variant + v];
      Method method{structure.name, structure.index, variant.id, {}};
      for (std::size_t bit = 0; bit < kLayerCount; ++bit) {
        if ((variant.layers >> bit) & 1) method.layers.push_back(kLayers[bit]);
      }
      result.push_back(std::move(method));
    }
  }
  return result;
}

}  // namespace heliograph::tl
