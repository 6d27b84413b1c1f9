#include "store/sqlite/poll_tables.h"

#include <limits>

namespace heliograph::store::sqlite {

namespace {

Poll read_poll(Row& row) {
  Poll poll;
  row.read(poll.id, poll.closed, poll.close_at, poll.voters, poll.words);
  return poll;
}

}  // namespace

Status SqlitePolls::open(const Poll& poll, std::int64_t link) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("INSERT INTO polls (id, closed, close_at, voters, words) VALUES (?, ?, ?, 0, ?) ON CONFLICT "
              "(id) DO NOTHING",
              poll.id, poll.closed, poll.close_at, poll.words));
  return db_.run("INSERT OR REPLACE INTO poll_places (link, poll) VALUES (?, ?)", link, poll.id);
}

Result<std::optional<Poll>> SqlitePolls::find(std::int64_t id) {
  return db_.one("SELECT id, closed, close_at, voters, words FROM polls WHERE id = ?", read_poll, id);
}

Result<std::vector<std::int64_t>> SqlitePolls::places(std::int64_t id, std::size_t limit) {
  return db_.all(
      "SELECT link FROM poll_places WHERE poll = ? ORDER BY link LIMIT ?",
      [](Row& row) { return row.get<std::int64_t>(); }, id, limit);
}

Status SqlitePolls::erase_place(std::int64_t link) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto poll, db_.number("SELECT poll FROM poll_places WHERE link = ?", 0, link));
  if (poll == 0) return {};
  HG_TRY(db_.run("DELETE FROM poll_places WHERE link = ?", link));
  HG_ASSIGN(const auto left, places(poll, 1));
  if (!left.empty()) return {};
  HG_TRY(db_.run("DELETE FROM poll_votes WHERE poll = ?", poll));
  HG_TRY(db_.run("DELETE FROM poll_counts WHERE poll = ?", poll));
  return db_.run("DELETE FROM polls WHERE id = ?", poll);
}

Status SqlitePolls::close(std::int64_t id) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE polls SET closed = 1 WHERE id = ?", id);
}

Result<std::vector<Poll>> SqlitePolls::due(UnixSeconds now, std::size_t limit) {
  return db_.all(
      "SELECT id, closed, close_at, voters, words FROM polls WHERE close_at != 0 AND closed = 0 AND "
      "close_at <= ? ORDER BY close_at LIMIT ?",
      read_poll, now, limit);
}

Status SqlitePolls::vote(std::int64_t id, const PollVote& vote) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto before, chosen(id, vote.user));
  for (const auto answer : before) {
    HG_TRY(db_.run("UPDATE poll_counts SET votes = votes - 1 WHERE poll = ? AND answer = ?", id, answer));
  }
  HG_TRY(db_.run("DELETE FROM poll_votes WHERE poll = ? AND user = ?", id, vote.user));
  for (const auto answer : vote.answers) {
    HG_TRY(db_.run("INSERT INTO poll_votes (poll, user, answer, date) VALUES (?, ?, ?, ?)", id, vote.user,
                   answer, vote.date));
    HG_TRY(
        db_.run("INSERT INTO poll_counts (poll, answer, votes) VALUES (?, ?, 1) ON CONFLICT (poll, answer) "
                "DO UPDATE SET votes = votes + 1",
                id, answer));
  }
  const int more = (vote.answers.empty() ? 0 : 1) - (before.empty() ? 0 : 1);
  return db_.run("UPDATE polls SET voters = voters + ? WHERE id = ?", more, id);
}

Result<std::vector<std::int32_t>> SqlitePolls::chosen(std::int64_t id, UserId user) {
  return db_.all(
      "SELECT answer FROM poll_votes WHERE poll = ? AND user = ? ORDER BY answer",
      [](Row& row) { return row.get<std::int32_t>(); }, id, user);
}

Result<std::vector<PollCount>> SqlitePolls::counts(std::int64_t id) {
  return db_.all(
      "SELECT answer, votes FROM poll_counts WHERE poll = ? AND votes > 0 ORDER BY answer",
      [](Row& row) {
        PollCount count;
        row.read(count.answer, count.votes);
        return count;
      },
      id);
}

Result<std::vector<PollVote>> SqlitePolls::list(std::int64_t id, std::optional<std::int32_t> answer,
                                                std::optional<PollVotePlace> after, std::size_t limit) {
  const auto read = [](Row& row) {
    PollVote vote;
    row.read(vote.user, vote.date);
    return vote;
  };
  const auto begin = after.value_or(PollVotePlace{std::numeric_limits<UnixSeconds>::max(), UserId{0}});
  std::vector<PollVote> votes;
  if (answer) {
    HG_ASSIGN(votes,
              db_.all("SELECT user, date FROM poll_votes WHERE poll = ? AND answer = ? AND (date, user) < "
                      "(?, ?) ORDER BY date DESC, user DESC LIMIT ?",
                      read, id, *answer, begin.date, begin.user, limit));
  } else {
    HG_ASSIGN(votes, db_.all("SELECT DISTINCT user, date FROM poll_votes WHERE poll = ? AND (date, user) < "
                             "(?, ?) ORDER BY date DESC, user DESC LIMIT ?",
                             read, id, begin.date, begin.user, limit));
  }
  for (auto& vote : votes) {
    HG_ASSIGN(vote.answers, chosen(id, vote.user));
  }
  return votes;
}

}  // namespace heliograph::store::sqlite
