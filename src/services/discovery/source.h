// What the search index holds, read from the store (search/feeder.h): the posts of public channels and
// supergroups, and those channels and public people themselves. Nothing else.
//
// Of people the username and the name; what they say about themselves is under their privacy rules. Of posts
// the text; who wrote it is not in the index, because nothing searches by it.
#pragma once

#include "search/feeder.h"

namespace heliograph::services {

class PublicSource final : public search::Source {
 public:
  Result<std::optional<search::Document>> load(store::Tx& tx, const search::Key& key) const override;
  Result<std::vector<search::Document>> scan(store::Tx& tx, const search::Key& after,
                                             std::size_t limit) const override;
};

}  // namespace heliograph::services
