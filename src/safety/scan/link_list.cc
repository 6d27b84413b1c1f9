#include "safety/scan/link_list.h"

#include <algorithm>
#include <charconv>

namespace heliograph::safety {

namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

Result<std::shared_ptr<const LinkList>> LinkList::parse(std::string_view text, std::string_view file_name) {
  auto list = std::make_shared<LinkList>();
  LinkEntry current;
  std::vector<Link> links;
  std::size_t number = 0;
  const auto invalid = [&](const std::string& why) {
    return fail(
        Error::invalid("LINKS_INVALID", std::string(file_name) + ":" + std::to_string(number) + ": " + why));
  };
  while (!text.empty()) {
    const auto cut = std::min(text.find('\n'), text.size());
    auto line = trim(text.substr(0, cut));
    text.remove_prefix(std::min(cut + 1, text.size()));
    ++number;
    line = trim(line.substr(0, std::min(line.find(" #"), line.size())));
    if (line.empty() || line.front() == '#') continue;
    if (const auto colon = line.find(": "); colon != line.npos) {
      const auto key = line.substr(0, colon), value = trim(line.substr(colon + 2));
      if (key == "version") {
        list->version_ = value;
      } else if (key == "category") {
        const auto category = terms::category_of(value);
        if (!category) return invalid("category must be one of the categories of harm");
        current.category = *category;
      } else if (key == "score") {
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), current.score);
        if (error != std::errc() || end != value.data() + value.size() ||
            !(current.score >= 0 && current.score <= 1)) {
          return invalid("score must be a number from 0 to 1");
        }
      } else {
        return invalid("unknown key \"" + std::string(key) + "\"; there are version, category, score");
      }
      continue;
    }
    extract_links(
        line.front() == '@' ? "https://t.me/" + std::string(line.substr(1)) : "https://" + std::string(line),
        links);
    if (links.empty() || links.front().domain.empty())
      return invalid("\"" + std::string(line) + "\" is no domain or link");
    const auto& link = links.front();
    ++list->size_;
    if (!link.peer.empty()) {
      list->peers_[link.peer] = current;
      continue;
    }
    auto entry = current;
    if (const auto slash = link.target.find('/'); slash != link.target.npos)
      entry.path = link.target.substr(slash + 1);
    list->domains_[link.domain].push_back(std::move(entry));
  }
  if (list->version_.empty()) {
    number = 1;
    return invalid("there is no line \"version: ...\"");
  }
  return std::shared_ptr<const LinkList>(std::move(list));
}

const LinkEntry* LinkList::find(const Link& link) const {
  if (!link.peer.empty()) {
    const auto found = peers_.find(link.peer);
    return found == peers_.end() ? nullptr : &found->second;
  }
  if (domains_.empty()) return nullptr;
  const LinkEntry* best = nullptr;
  const auto slash = link.target.find('/');
  const std::string_view path =
      slash == link.target.npos ? std::string_view{} : std::string_view(link.target).substr(slash + 1);
  // The domain and those above it, up to the last with a dot.
  for (std::string_view domain = link.domain; domain.find('.') != domain.npos;
       domain.remove_prefix(domain.find('.') + 1)) {
    const auto found = domains_.find(std::string(domain));
    if (found == domains_.end()) continue;
    for (const auto& entry : found->second) {
      if (path.starts_with(entry.path) && (best == nullptr || entry.score > best->score)) best = &entry;
    }
  }
  return best;
}

}  // namespace heliograph::safety
