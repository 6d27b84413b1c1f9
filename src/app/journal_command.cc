#include "app/journal_command.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/day.h"
#include "crypto/random.h"
#include "legal/journal/ceremony.h"
#include "legal/journal/question.h"
#include "store/sqlite/beside.h"
#include "store/sqlite/journal_table.h"

namespace heliograph::app {

namespace {

using JournalAction = JournalOptions::Action;
using JournalPath = JournalOptions::Path;

Error journal_called_wrongly(std::string what) {
  return Error::invalid("CLI_INVALID", std::move(what));
}

Result<std::string> journal_file(const JournalPath& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  if (!in || path.empty()) {
    return fail(Error::unavailable("FILE_UNREADABLE", "\"" + path.string() + "\" cannot be read."));
  }
  return all.str();
}

// New, and on disk; `secret`: for its owner alone.
Status write_new(const JournalPath& path, const std::string& text, bool secret) {
  if (path.empty()) return fail(journal_called_wrongly("Say where to write: see --help."));
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? 0600 : 0644);
  if (file < 0) {
    const bool there = errno == EEXIST;
    return fail(Error::unavailable(there ? "FILE_EXISTS" : "FILE_UNWRITABLE",
                                   path.string() + ": " + std::strerror(errno)));
  }
  std::size_t done = 0;
  while (done < text.size()) {
    const auto written = ::write(file, text.data() + done, text.size() - done);
    if (written <= 0) break;
    done += static_cast<std::size_t>(written);
  }
  const bool good = done == text.size() && ::fsync(file) == 0;
  const int why = errno;
  ::close(file);
  if (good) return {};
  return fail(Error::unavailable("FILE_UNWRITABLE", path.string() + ": " + std::strerror(why)));
}

template <typename Document>
Result<Document> read_document(const JournalPath& path) {
  HG_ASSIGN(const auto text, journal_file(path));
  auto document = Document::parse(text);
  if (document) return document;
  return fail(Error::invalid("JOURNAL_DOCUMENT_INVALID",
                             "\"" + path.string() + "\" is not the document that is needed here."));
}

template <typename Document>
Result<std::vector<Document>> read_documents(const JournalOptions::Paths& paths) {
  std::vector<Document> out;
  for (const auto& path : paths) {
    HG_ASSIGN(auto one, read_document<Document>(path));
    out.push_back(std::move(one));
  }
  return out;
}

// While it lives, what is typed is not shown.
class Unseen {
 public:
  Unseen() : on_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!on_) return;
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Unseen() {
    if (on_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool on_;
};

struct Passphrase {
  std::string text;
  ~Passphrase() { crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()}); }
};

Status ask_passphrase(std::istream& in, const std::string& what, bool twice, Passphrase& out) {
  const bool terminal = &in == &std::cin && ::isatty(STDIN_FILENO) == 1;
  const auto line = [&](const std::string& prompt, std::string& into) -> Status {
    if (terminal) std::cerr << prompt << ": " << std::flush;
    const std::optional<Unseen> unseen = terminal ? std::optional<Unseen>(std::in_place) : std::nullopt;
    if (!std::getline(in, into)) return fail(journal_called_wrongly("A passphrase is needed."));
    if (terminal) std::cerr << '\n';
    return {};
  };
  HG_TRY(line("Passphrase for " + what, out.text));
  if (!terminal || !twice) return {};
  Passphrase again;
  HG_TRY(line("Once more", again.text));
  if (again.text == out.text) return {};
  return fail(journal_called_wrongly("These are two different passphrases."));
}

Result<legal::SecretScalar> unlock_file(const JournalPath& path, legal::SecretKind kind,
                                        const legal::Hash& about, std::istream& in) {
  HG_ASSIGN(const auto locked, read_document<legal::LockedSecret>(path));
  if (locked.kind != kind || locked.about != about) {
    return fail(journal_called_wrongly("\"" + path.string() + "\" is for something else."));
  }
  Passphrase passphrase;
  HG_TRY(ask_passphrase(in, path.string(), false, passphrase));
  return legal::unlock(locked, passphrase.text);
}

Result<legal::Share> share_file(const JournalPath& path, const legal::JournalKey& key, std::istream& in) {
  HG_ASSIGN(const auto locked, read_document<legal::LockedSecret>(path));
  Passphrase passphrase;
  HG_TRY(ask_passphrase(in, path.string(), false, passphrase));
  return legal::open_share(locked, key, passphrase.text);
}

Status lock_file(const JournalPath& path, legal::SecretKind kind, std::uint32_t share,
                 const legal::Hash& about, const legal::SecretScalar& secret, const JournalOptions& options,
                 std::istream& in) {
  crypto::SystemRandom random;
  Passphrase passphrase;
  HG_TRY(ask_passphrase(in, path.string(), true, passphrase));
  HG_ASSIGN(const auto locked,
            legal::lock(kind, share, about, secret, passphrase.text, options.cost, random));
  return write_new(path, locked.encode(), true);
}

void show_key(const legal::JournalKey& key, std::ostream& out) {
  out << "fingerprint " << legal::fingerprint(key.id()) << '\n';
  out << "it takes " << key.threshold << " of " << key.members.size() << " shares:\n";
  for (const auto& member : key.members) out << "  " << member.share << '\t' << member.name << '\n';
}

Status make_plan(const JournalOptions& options, std::ostream& out) {
  crypto::SystemRandom random;
  if (options.shares != 0 && options.shares != options.names.size()) {
    return fail(journal_called_wrongly("Name everybody who gets a share: --name, once for each, " +
                                       std::to_string(options.shares) + " in all."));
  }
  std::optional<legal::CeremonyPlan> plan;
  if (options.action == JournalAction::ceremony) {
    HG_ASSIGN(plan, legal::plan_ceremony(options.threshold, options.names, random));
  } else {
    HG_ASSIGN(const auto key, read_document<legal::JournalKey>(options.key));
    HG_ASSIGN(plan, legal::plan_again(key, options.dealers, options.threshold, options.names, random));
  }
  HG_TRY(write_new(options.out, plan->encode(), false));
  out << "Everybody needs this plan. Its fingerprint: " << legal::fingerprint(plan->id()) << '\n';
  return {};
}

Status sit_down(const JournalOptions& options, std::istream& in, std::ostream& out) {
  crypto::SystemRandom random;
  HG_ASSIGN(const auto plan, read_document<legal::CeremonyPlan>(options.plan));
  HG_ASSIGN(const auto taken, legal::take_seat(plan, options.share, random));
  HG_TRY(lock_file(options.secret_out, legal::SecretKind::seat, options.share, plan.id(), taken.secret,
                   options, in));
  HG_TRY(write_new(options.out, taken.seat.encode(), false));
  out << "Give " << options.out.string() << " to everybody; keep " << options.secret_out.string() << ".\n";
  return {};
}

Status deal_out(const JournalOptions& options, std::istream& in, std::ostream& out) {
  crypto::SystemRandom random;
  HG_ASSIGN(const auto plan, read_document<legal::CeremonyPlan>(options.plan));
  HG_ASSIGN(const auto seats, read_documents<legal::Seat>(options.seats));
  std::optional<legal::Share> share;
  if (plan.again) {
    HG_ASSIGN(const auto key, read_document<legal::JournalKey>(options.key));
    HG_ASSIGN(share, share_file(options.secret, key, in));
  }
  HG_ASSIGN(const auto made, legal::deal(plan, seats, options.share, share ? &*share : nullptr, random));
  HG_TRY(write_new(options.out, made.encode(), false));
  out << "Give " << options.out.string() << " to everybody.\n";
  return {};
}

Status finish_up(const JournalOptions& options, std::istream& in, std::ostream& out) {
  crypto::SystemRandom random;
  HG_ASSIGN(const auto plan, read_document<legal::CeremonyPlan>(options.plan));
  HG_ASSIGN(const auto seats, read_documents<legal::Seat>(options.seats));
  HG_ASSIGN(const auto deals, read_documents<legal::Deal>(options.deals));
  std::optional<legal::JournalKey> before;
  if (plan.again) {
    HG_ASSIGN(before, read_document<legal::JournalKey>(options.key));
  }
  HG_ASSIGN(const auto seat, unlock_file(options.secret, legal::SecretKind::seat, plan.id(), in));
  HG_ASSIGN(const auto done,
            legal::finish(plan, seats, deals, before ? &*before : nullptr, options.share, seat, random));
  HG_TRY(lock_file(options.secret_out, legal::SecretKind::share, options.share, done.key.id(),
                   done.share.secret, options, in));
  HG_TRY(write_new(options.key_out, done.key.encode(), false));
  HG_TRY(write_new(options.confirmation_out, done.confirmation.encode(), false));
  show_key(done.key, out);
  out << "Read the fingerprint to the others. If theirs is the same, hand "
      << options.confirmation_out.string() << " to the server's operator, erase " << options.secret.string()
      << ", and keep " << options.secret_out.string() << ".\n";
  return {};
}

Status contribute_to(const JournalOptions& options, std::istream& in, std::ostream& out) {
  crypto::SystemRandom random;
  HG_ASSIGN(const auto key, read_document<legal::JournalKey>(options.key));
  HG_ASSIGN(const auto question, read_document<legal::Question>(options.question));
  out << "request " << question.request << ": account " << question.user.value << ", from "
      << day_text(question.from) << " to " << day_text(question.to) << ", " << question.rows.size()
      << " rows\n";
  HG_ASSIGN(const auto share, share_file(options.secret, key, in));
  HG_ASSIGN(const auto made, legal::contribute(question, key, share, random));
  return write_new(options.out, made.encode(), false);
}

// A key whose public half is there already has had its shares dealt again.
Status put_key(store::JournalTable& journal, const legal::JournalKey& key, const std::string& text) {
  HG_ASSIGN(const auto keys, journal.keys());
  for (auto row : keys) {
    HG_ASSIGN(const auto there, legal::JournalKey::parse(row.text));
    if (there.public_key() != key.public_key()) continue;
    row.text = text;
    return journal.update_key(row);
  }
  HG_TRY(journal.add_key({0, text, SystemClock().unix_seconds(), 0}));
  return {};
}

Status install_key(const config::Config& config, const JournalOptions& options, std::ostream& out) {
  HG_ASSIGN(const auto text, journal_file(options.key));
  HG_ASSIGN(const auto key, legal::JournalKey::parse(text));
  HG_ASSIGN(const auto confirmations, read_documents<legal::Confirmation>(options.confirmations));
  HG_TRY(legal::check_confirmed(key, confirmations));
  HG_TRY(store::sqlite::change_beside(config.data_dir, [&](store::sqlite::Session& session) -> Status {
    store::sqlite::SqliteJournal journal(session);
    return put_key(journal, key, text);
  }));
  show_key(key, out);
  out << "The journal is sealed to it within a minute; the transparency log will say so.\n";
  return {};
}

Status journal_status(const config::Config& config, std::ostream& out) {
  return store::sqlite::change_beside(config.data_dir, [&](store::sqlite::Session& session) -> Status {
    store::sqlite::SqliteJournal journal(session);
    const auto now = SystemClock().unix_seconds();
    HG_ASSIGN(const auto figures, journal.figures(now));
    HG_ASSIGN(const auto keys, journal.keys());
    out << figures.rows << " rows";
    if (figures.oldest != 0) out << ", the oldest of " << day_text(figures.oldest);
    out << "; " << figures.held << " holds\n";
    if (keys.empty()) out << "There is no key: nothing is written down. Hold a ceremony.\n";
    for (const auto& row : keys) {
      HG_ASSIGN(const auto key, legal::JournalKey::parse(row.text));
      out << "key " << row.number << " since " << day_text(row.installed_at)
          << (row.retired_at == 0 ? ", in use" : ", retired") << '\n';
      show_key(key, out);
    }
    return {};
  });
}

}  // namespace

Status journal_command(const config::Config& config, const JournalOptions& options, std::istream& in,
                       std::ostream& out) {
  switch (options.action) {
    case JournalAction::ceremony:
    case JournalAction::again:
      return make_plan(options, out);
    case JournalAction::seat:
      return sit_down(options, in, out);
    case JournalAction::deal:
      return deal_out(options, in, out);
    case JournalAction::finish:
      return finish_up(options, in, out);
    case JournalAction::contribute:
      return contribute_to(options, in, out);
    case JournalAction::show: {
      HG_ASSIGN(const auto key, read_document<legal::JournalKey>(options.key));
      show_key(key, out);
      return {};
    }
    case JournalAction::install:
      return install_key(config, options, out);
    case JournalAction::status:
      return journal_status(config, out);
  }
  return {};
}

}  // namespace heliograph::app
