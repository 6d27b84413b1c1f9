#include "store/sqlite/check.h"

#include <optional>

#include "store/sqlite/check_rules.h"
#include "store/sqlite/open.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/session.h"

namespace heliograph::store::sqlite {

namespace {

constexpr std::size_t kMostFindings = 200;

std::string box_name(BoxId box) {
  return box.is_channel() ? "channel " + std::to_string(box.channel().value)
                          : "account " + std::to_string(box.value);
}

std::string account_name(UserId account) {
  return box_name(account);
}

std::string peer_name(Peer peer) {
  const char* kind = peer.is_user() ? "user" : peer.is_chat() ? "group" : "channel";
  return std::string(kind) + " " + std::to_string(peer.id);
}

std::string dialog_name(UserId owner, Peer peer) {
  return account_name(owner) + ", dialog with " + peer_name(peer);
}

class Checker {
 public:
  explicit Checker(Connection& db) : db_(db) {}

  Result<Report> run() {
    HG_TRY(db_.run("BEGIN"));
    HG_TRY(pages());
    // On damaged pages the rest would be guesswork.
    if (report_.ok()) {
      HG_TRY(log("pts", "SELECT key, pts_count FROM pts_updates ORDER BY key", &Box::pts, &Box::oldest_pts));
      HG_TRY(log("seq", "SELECT key, 1 FROM seq_updates ORDER BY key", &Box::seq, nullptr));
      HG_TRY(empty_logs());
      HG_TRY(dialogs());
      HG_TRY(boxes());
      HG_TRY(links());
      HG_TRY(threads());
      HG_TRY(chats());
      HG_TRY(polls());
      HG_TRY(orphans());
      for (const char* rule : check_rules()) {
        HG_TRY(db_.each(rule, [&](Row& row) { return find(row.get<std::string>()); }));
      }
      HG_ASSIGN(report_.accounts, db_.number("SELECT count(*) FROM accounts", 0));
      HG_ASSIGN(report_.messages, db_.number("SELECT count(*) FROM messages", 0));
      HG_ASSIGN(
          report_.updates,
          db_.number("SELECT (SELECT count(*) FROM pts_updates) + (SELECT count(*) FROM seq_updates)", 0));
    }
    return std::move(report_);
  }

 private:
  // False when there are enough.
  bool find(std::string what) {
    if (report_.findings.size() + 1 == kMostFindings) what = "And more; these are enough.";
    if (report_.findings.size() < kMostFindings) report_.findings.push_back(std::move(what));
    return report_.findings.size() < kMostFindings;
  }

  Status pages() {
    return db_.each("PRAGMA integrity_check(20)", [&](Row& row) {
      const auto line = row.get<std::string>();
      return line == "ok" || find("The file is damaged: " + line + ".");
    });
  }

  // Each entry follows the one before it without a gap, and the last is where the box stands.
  Status log(const char* counter, const char* sql, std::int32_t Box::* last, std::int32_t Box::* first) {
    BoxId account;
    std::int32_t before = 0;
    Box box;
    Status failed;
    const auto end = [&] {
      return !account || before == box.*last ||
             find(box_name(account) + ": the log ends at " + counter + " " + std::to_string(before) +
                  ", the box stands at " + std::to_string(box.*last) + ".");
    };
    HG_TRY(db_.each(sql, [&](Row& row) {
      const auto key = row.get<std::int64_t>();
      const auto count = row.get<std::int32_t>();
      if (owner_of(key) != account) {
        if (!end()) return false;
        account = owner_of(key);
        auto loaded = load_box(db_, account);
        if (!loaded) {
          failed = fail(loaded.error());
          return false;
        }
        box = *loaded;
        before = first ? box.*first : number_of(key) - count;
      }
      if (number_of(key) - count != before &&
          !find(box_name(account) + ": " + counter + " goes from " + std::to_string(before) + " to " +
                std::to_string(number_of(key)) + " by a step of " + std::to_string(count) + ".")) {
        return false;
      }
      before = number_of(key);
      return true;
    }));
    HG_TRY(std::move(failed));
    end();
    return {};
  }

  Status empty_logs() {
    return db_.each(
        "SELECT account, pts, oldest_pts FROM boxes WHERE pts != oldest_pts AND NOT EXISTS "
        "(SELECT 1 FROM pts_updates WHERE key > account << 31 AND key < (account + 1) << 31)",
        [&](Row& row) {
          BoxId account;
          std::int32_t pts = 0;
          std::int32_t oldest = 0;
          row.read(account, pts, oldest);
          return find(box_name(account) + ": the log is empty, but should lead from pts " +
                      std::to_string(oldest) + " to " + std::to_string(pts) + ".");
        });
  }

  Status dialogs() {
    HG_TRY(db_.each(
        "SELECT owner, peer, unread_count, (SELECT count(*) FROM messages m WHERE m.owner = d.owner AND "
        "m.peer = d.peer AND m.key > (d.owner << 31 | d.read_inbox_max_id) AND (m.flags & 1) = 0) AS counted "
        "FROM dialogs d WHERE (d.peer & 3) != 3 AND counted != unread_count",
        [&](Row& row) {
          UserId owner;
          Peer peer;
          std::int64_t says = 0;
          std::int64_t counted = 0;
          row.read(owner, peer, says, counted);
          return find(dialog_name(owner, peer) + ": " + std::to_string(says) +
                      " messages are counted as unread, " + std::to_string(counted) + " are.");
        }));
    HG_TRY(db_.each(
        "SELECT owner, peer, top_message, coalesce((SELECT m.id FROM messages m WHERE m.owner = d.owner AND "
        "m.peer = d.peer ORDER BY m.key DESC LIMIT 1), 0) AS newest FROM dialogs d WHERE (d.peer & 3) != 3 "
        "AND "
        "newest != top_message",
        [&](Row& row) {
          UserId owner;
          Peer peer;
          std::int64_t says = 0;
          std::int64_t newest = 0;
          row.read(owner, peer, says, newest);
          return find(dialog_name(owner, peer) + ": the top message is said to be " + std::to_string(says) +
                      ", it is " + std::to_string(newest) + ".");
        }));
    return db_.each(
        "SELECT owner, peer FROM (SELECT DISTINCT owner, peer FROM messages WHERE owner > 0) m WHERE NOT "
        "EXISTS "
        "(SELECT 1 FROM dialogs d WHERE d.owner = m.owner AND d.peer = m.peer)",
        [&](Row& row) {
          UserId owner;
          Peer peer;
          row.read(owner, peer);
          return find(dialog_name(owner, peer) + ": there are messages, but no dialog.");
        });
  }

  Status boxes() {
    HG_TRY(
        db_.each("SELECT owner, max(id) AS newest, coalesce((SELECT last_message FROM boxes b "
                 "WHERE b.account = m.owner), 0) AS last FROM messages m GROUP BY owner HAVING newest > last",
                 [&](Row& row) {
                   BoxId owner;
                   std::int64_t newest = 0;
                   std::int64_t last = 0;
                   row.read(owner, newest, last);
                   return find(box_name(owner) + ": message " + std::to_string(newest) +
                               " exists, but the last number given out is " + std::to_string(last) + ".");
                 }));
    HG_TRY(db_.each(
        "SELECT owner, id, 0 FROM scheduled_messages s WHERE id > coalesce((SELECT last_scheduled FROM "
        "boxes b WHERE b.account = s.owner), 0)",
        [&](Row& row) {
          BoxId owner;
          MessageId id;
          row.read(owner, id);
          return find(box_name(owner) + ": scheduled message " + std::to_string(id.value) +
                      " has a number that was not given out.");
        }));
    return db_.each(
        "SELECT d.owner, d.peer FROM dialogs d LEFT JOIN boxes b ON b.account = "
        "CASE d.peer & 3 WHEN 3 THEN -(d.peer >> 2) ELSE d.owner END WHERE "
        "max(d.read_inbox_max_id, d.read_outbox_max_id) > coalesce(b.last_message, 0)",
        [&](Row& row) {
          UserId owner;
          Peer peer;
          row.read(owner, peer);
          return find(dialog_name(owner, peer) + ": read further than there are messages.");
        });
  }

  Status links() {
    HG_TRY(db_.each(
        "SELECT link, count(*), count(DISTINCT owner), count(DISTINCT from_user), count(DISTINCT date), "
        "sum(flags & 1) FROM messages GROUP BY link HAVING count(*) > count(DISTINCT owner) OR "
        "count(DISTINCT from_user) > 1 OR count(DISTINCT date) > 1 OR sum(flags & 1) > 1",
        [&](Row& row) {
          std::int64_t link = 0;
          row.read(link);
          return find("The copies of one message (link " + std::to_string(link) +
                      ") disagree on its sender, date or owners.");
        }));
    HG_ASSIGN(const auto given, db_.number("SELECT value FROM counters WHERE name = 'link'", 0));
    HG_ASSIGN(const auto used, db_.number("SELECT coalesce(max(link), 0) FROM messages", 0));
    if (used > given) {
      find("A message has link " + std::to_string(used) + ", but the last one given out is " +
           std::to_string(given) + ".");
    }
    return db_.each(
        "SELECT owner FROM messages WHERE random_id != 0 GROUP BY owner, from_user, random_id "
        "HAVING count(*) > 1",
        [&](Row& row) {
          return find(box_name(row.get<BoxId>()) + ": one message was stored twice (the same random_id).");
        });
  }

  Status threads() {
    return db_.each(
        "SELECT key >> 31, key & 2147483647, replies, (SELECT count(*) FROM messages m WHERE m.owner = t.key "
        ">> 31 AND m.thread != 0 AND m.thread = (t.key & 2147483647) AND (m.flags & 32) = 0) + (SELECT "
        "count(*) FROM messages m WHERE m.owner = t.key >> 31 AND m.subthread != 0 AND m.subthread = (t.key "
        "& "
        "2147483647) AND (m.flags & 32) = 0) AS counted FROM threads t WHERE counted != replies",
        [&](Row& row) {
          BoxId box;
          MessageId top;
          std::int64_t says = 0;
          std::int64_t counted = 0;
          row.read(box, top, says, counted);
          return find(box_name(box) + ": the thread of message " + std::to_string(top.value) +
                      " is said to have " + std::to_string(says) + " messages, it has " +
                      std::to_string(counted) + ".");
        });
  }

  // What is said of members is what there is of them.
  Status chats() {
    HG_TRY(db_.each(
        "SELECT c.peer, c.members, count(m.user) FILTER (WHERE m.status <= 4) AS present FROM chats c "
        "LEFT JOIN members m ON m.chat = c.peer GROUP BY c.peer HAVING c.members != present OR c.admins != "
        "count(m.user) FILTER (WHERE m.status <= 2) OR c.banned != count(m.user) FILTER (WHERE m.status = 6)",
        [&](Row& row) {
          Peer peer;
          std::int64_t says = 0;
          std::int64_t counted = 0;
          row.read(peer, says, counted);
          return find(peer_name(peer) + ": " + std::to_string(says) + " members are said to be in it, " +
                      std::to_string(counted) +
                      " are (or its administrators or banned users are miscounted).");
        }));
    HG_TRY(db_.each(
        "SELECT DISTINCT chat FROM members WHERE chat NOT IN (SELECT peer FROM chats)",
        [&](Row& row) { return find(peer_name(row.get<Peer>()) + " does not exist, but has members."); }));
    return db_.each(
        "SELECT u.key FROM usernames u LEFT JOIN accounts a ON u.peer = a.id * 4 + 1 LEFT JOIN chats c ON "
        "u.peer = c.peer WHERE u.key IS NOT coalesce(a.username_key, c.username_key)",
        [&](Row& row) {
          return find("The username " + row.get<std::string>() + " is taken by nobody who has it.");
        });
  }

  // What is said of polls is what there is of them.
  Status polls() {
    HG_TRY(
        db_.each("SELECT poll, link FROM poll_places l WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE "
                 "m.link = l.link) "
                 "OR poll NOT IN (SELECT id FROM polls)",
                 [&](Row& row) {
                   const auto poll = row.get<std::int64_t>();
                   return find("Poll " + std::to_string(poll) + " or a message that shows it (link " +
                               std::to_string(row.get<std::int64_t>()) + ") does not exist.");
                 }));
    return db_.each(
        "SELECT id, voters, (SELECT count(DISTINCT user) FROM poll_votes v WHERE v.poll = p.id) AS counted "
        "FROM polls p WHERE voters != counted OR id NOT IN (SELECT poll FROM poll_places) OR "
        "(SELECT count(*) FROM poll_votes v WHERE v.poll = p.id) != "
        "(SELECT coalesce(sum(votes), 0) FROM poll_counts c WHERE c.poll = p.id)",
        [&](Row& row) {
          return find("Poll " + std::to_string(row.get<std::int64_t>()) +
                      " is shown by no message, or its votes are miscounted.");
        });
  }

  // Rows of accounts that do not exist.
  Status orphans() {
    constexpr const char* kQueries[][2] = {
        {"numbers",
         "SELECT account FROM boxes WHERE account > 0 AND account NOT IN (SELECT id FROM accounts)"},
        {"dialogs", "SELECT DISTINCT owner FROM dialogs WHERE owner NOT IN (SELECT id FROM accounts)"},
        {"contacts", "SELECT DISTINCT owner FROM contacts WHERE owner NOT IN (SELECT id FROM accounts)"},
        {"awaited contacts",
         "SELECT DISTINCT owner FROM awaited_contacts WHERE owner NOT IN (SELECT id FROM accounts)"},
        {"blocks", "SELECT DISTINCT owner FROM blocks WHERE owner NOT IN (SELECT id FROM accounts)"},
        {"scheduled messages",
         "SELECT DISTINCT owner FROM scheduled_messages WHERE owner > 0 AND owner NOT IN (SELECT id FROM "
         "accounts)"},
        {"settings",
         "SELECT DISTINCT owner FROM settings WHERE owner != 0 AND owner NOT IN (SELECT id FROM accounts)"},
        {"devices",
         "SELECT DISTINCT user FROM auth_keys WHERE user != 0 AND user NOT IN (SELECT id FROM accounts)"},
    };
    for (const auto& [what, sql] : kQueries) {
      HG_TRY(db_.each(sql, [&, name = what](Row& row) {
        return find(account_name(row.get<UserId>()) + " does not exist, but has " + name + ".");
      }));
    }
    HG_TRY(db_.each(
        "SELECT account FROM boxes WHERE account < 0 AND -account * 4 + 3 NOT IN (SELECT peer FROM chats)",
        [&](Row& row) { return find(box_name(row.get<BoxId>()) + " does not exist, but has numbers."); }));
    return db_.each(
        "SELECT count(*) FROM messages WHERE owner NOT IN (SELECT account FROM boxes)", [&](Row& row) {
          const auto count = row.get<std::int64_t>();
          return count == 0 || find(std::to_string(count) + " messages lie in boxes that do not exist.");
        });
  }

  Connection& db_;
  Report report_;
};

}  // namespace

Result<Report> check(const std::filesystem::path& place) {
  HG_ASSIGN(const auto file, find_database(place));
  HG_ASSIGN(auto db, Connection::open(file.string(), {.read_only = true, .cache_kib = 64 * 1024}));
  HG_TRY(current(*db));
  return Checker(*db).run();
}

}  // namespace heliograph::store::sqlite
