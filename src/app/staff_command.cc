#include "app/staff_command.h"

#include <fmt/format.h>

#include <ostream>

#include "app/data_dir.h"
#include "app/listening.h"
#include "app/public_url.h"
#include "app/who_asks.h"
#include "crypto/random.h"
#include "staff/members.h"
#include "store/sqlite/open.h"
#include "store/sqlite/staff_table.h"

namespace heliograph::app {

namespace {

using Action = StaffOptions::Action;

constexpr std::array<std::string_view, 4> kStateNames{"", "invited", "active", "disabled"};

// One transaction beside a server that may be running. Where there is no database yet, or an old one, and no
// server has it, it is made first.
Status with_staff(const config::Config& config, const std::function<Status(store::Staff&)>& body) {
  auto done = store::sqlite::change_staff(config.data_dir, body);
  if (done || (done.error().code != "STORE_NOT_FOUND" && done.error().code != "STORE_TOO_OLD")) return done;
  {
    HG_ASSIGN(const auto held, DataDir::open(config.data_dir));
    crypto::SystemRandom random;
    HG_TRY(held.secret(random));
    HG_TRY(store::sqlite::open({.directory = held.path()}));
  }
  return store::sqlite::change_staff(config.data_dir, body);
}

Status list(store::Staff& staff, std::ostream& out) {
  HG_ASSIGN(const auto members, staff.list());
  for (const auto& member : members) {
    out << fmt::format("{}\t{}\t{}\t{}\n", member.id.value, member.name, staff::name(member.role),
                       kStateNames[static_cast<std::size_t>(member.state)]);
  }
  return {};
}

std::string link_of(const config::Config& config, const std::string& token) {
  const auto running = Listening::http_of(config.data_dir);
  return public_url(config, running ? running->port : config.listen_http.port) + "/console#/enrol/" + token;
}

Result<staff::Role> role_named(const std::string& text) {
  if (const auto role = staff::role_of(text)) return *role;
  std::string names;
  for (const auto& facts : staff::kRoles) names += (names.empty() ? "" : ", ") + std::string(facts.name);
  return fail(Error::invalid("CLI_INVALID", "There is no role \"" + text + "\"; there are: " + names + "."));
}

Result<StaffId> id_of(store::Staff& staff, const std::string& name) {
  HG_ASSIGN(const auto member, staff::must_find(staff, name));
  return member.id;
}

}  // namespace

Status staff_command(const config::Config& config, const StaffOptions& options, std::ostream& out) {
  if (options.action == Action::roles) {
    for (const auto& facts : staff::kRoles) out << fmt::format("{:<17} {}\n", facts.name, facts.about);
    return {};
  }
  staff::Role role{};
  if (options.action == Action::add || options.action == Action::role) {
    HG_ASSIGN(role, role_named(options.role));
  }
  crypto::SystemRandom random;
  const auto token = staff::make_token(random);
  const staff::Deed deed{who_asks(), SystemClock().unix_seconds()};
  HG_TRY(with_staff(config, [&](store::Staff& staff) -> Status {
    if (options.action == Action::list) return list(staff, out);
    if (options.action == Action::add) {
      HG_TRY(staff::add_member(staff, options.name, role, token, deed));
      return {};
    }
    HG_ASSIGN(const auto id, id_of(staff, options.name));
    switch (options.action) {
      case Action::invite:
        return staff::invite_again(staff, id, token, deed);
      case Action::token:
        return staff::add_api_token(staff, id, token, options.hours, deed);
      case Action::role:
        return staff::set_role(staff, id, role, deed);
      case Action::disable:
        return staff::disable_member(staff, id, deed);
      default:
        return {};
    }
  }));
  if (options.action == Action::add || options.action == Action::invite)
    out << link_of(config, token) << '\n';
  if (options.action == Action::token) out << token << '\n';
  return {};
}

}  // namespace heliograph::app
