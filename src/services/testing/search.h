// For tests of what is found: an index beside a world's store, brought up to date when the test says so.
#pragma once

#include "search/feeder.h"
#include "services/discovery/source.h"
#include "services/testing/world.h"

namespace heliograph::services::testing {

class SearchWorld {
 public:
  explicit SearchWorld(World& world)
      : world_(world),
        index_(World::must(search::Index::open(folder_.path / "search", world.clock, options()))) {
    world.services.discovery.attach(searcher_);
  }

  // Everything committed so far can be found after this.
  void catch_up() {
    while (World::must(world_.run(feeder_.step()))) {
    }
  }
  void rebuild() { World::must(world_.run(feeder_.rebuild())); }
  std::int64_t size() const { return index_->size(); }
  // The terms in force, as a list (docs/terms.md).
  void guard(const std::string& list) {
    std::vector<terms::TermList> lists;
    lists.push_back(World::must(terms::parse_terms("version: 1\nscore: 0\n" + list, "guard.terms")));
    const auto set = World::must(terms::TermSet::build(std::move(lists), world_.clock.unix_seconds()));
    guard_.swap(terms::QueryGuard::build(set, "", world_.clock.unix_seconds()));
  }
  search::Guard& guard() { return guard_; }

 private:
  static search::IndexOptions options() {
    search::IndexOptions out;
    out.threads = 1;
    out.sync = false;
    return out;
  }

  World& world_;
  World::Folder folder_;
  std::unique_ptr<search::Index> index_;
  search::Guard guard_;
  search::Searcher searcher_{*index_, guard_};
  PublicSource source_;
  search::Feeder feeder_{*world_.store, *index_, source_, world_.executor};
};

}  // namespace heliograph::services::testing
