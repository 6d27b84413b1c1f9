#include <fstream>
#include <sstream>

#include "safety/scan/built_in.h"
#include "safety/scan/scanner.h"

namespace heliograph::safety {

namespace {

Result<std::string> contents(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in || in.bad()) return fail(Error::invalid("FILE_UNREADABLE", file + ": cannot be read"));
  return std::move(bytes).str();
}

}  // namespace

Result<std::shared_ptr<const Rulebook>> load_rulebook(const RulebookFiles& files, UnixSeconds now) {
  auto book = std::make_shared<Rulebook>();
  std::vector<terms::TermList> lists;
  if (files.terms.empty()) {
    for (const auto& [name, text] : built_in_terms()) {
      HG_ASSIGN(auto list, terms::parse_terms(text, name));
      lists.push_back(std::move(list));
    }
  } else {
    HG_ASSIGN(lists, terms::load_term_folder(files.terms));
  }
  HG_ASSIGN(book->terms, terms::TermSet::build(std::move(lists), now));
  if (files.links.empty()) {
    HG_ASSIGN(book->links, LinkList::parse(built_in_links(), "rules/known.links"));
  } else {
    HG_ASSIGN(const auto text, contents(files.links));
    HG_ASSIGN(book->links, LinkList::parse(text, files.links));
  }
  if (files.model.empty()) {
    HG_ASSIGN(book->model, Model::parse(built_in_model()));
  } else {
    HG_ASSIGN(book->model, Model::load(files.model));
  }
  if (files.policy.empty()) {
    HG_ASSIGN(book->policy, Policy::parse(built_in_policy(), "rules/policy.toml"));
  } else {
    HG_ASSIGN(const auto text, contents(files.policy));
    HG_ASSIGN(book->policy, Policy::parse(text, files.policy));
  }
  if (files.rules.empty()) {
    HG_ASSIGN(book->rules, Rules::parse(built_in_rules(), "rules/terms-of-service.md"));
  } else {
    HG_ASSIGN(const auto text, contents(files.rules));
    HG_ASSIGN(book->rules, Rules::parse(text, files.rules));
  }
  HG_ASSIGN(book->hashes, HashLists::load(files.hashes, now));
  for (const auto& rule : book->policy->rules()) {
    if (rule.clause.empty() || book->rules->find(rule.clause) != nullptr) continue;
    const auto file = files.policy.empty() ? std::string("rules/policy.toml") : files.policy;
    return fail(Error::invalid("POLICY_CLAUSE_UNKNOWN",
                               file + ":" + std::to_string(rule.line) + ": clause \"" + rule.clause +
                                   "\" is not in the rules (" +
                                   (files.rules.empty() ? "rules/terms-of-service.md" : files.rules) + ")"));
  }
  return std::shared_ptr<const Rulebook>(std::move(book));
}

}  // namespace heliograph::safety
