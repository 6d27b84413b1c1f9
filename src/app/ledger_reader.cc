#include "app/ledger_reader.h"

#include <fstream>
#include <iterator>

#include "app/at_once.h"
#include "app/data_dir.h"
#include "app/ledger_service.h"
#include "crypto/sealer.h"

namespace heliograph::app {

// What the server has published; nothing is added to it here.
class LedgerReader::Record final : public ledger::PublicationRecord {
 public:
  explicit Record(std::string note) : note_(std::move(note)) {}
  Task<Result<std::string>> last() override { co_return note_; }
  Task<Status> keep(std::string) override { co_return Status{}; }

 private:
  const std::string note_;
};

LedgerReader::LedgerReader(std::unique_ptr<store::sqlite::Snapshot> snapshot, crypto::SecretKey secret)
    : snapshot_(std::move(snapshot)), secret_(std::move(secret)) {}

Result<std::unique_ptr<LedgerReader>> LedgerReader::open(const config::Config& config) {
  const auto& data = config.data_dir;
  HG_TRY(check_data_there(data));
  std::ifstream file(data / "ledger.checkpoint", std::ios::binary);
  const std::string note{std::istreambuf_iterator<char>(file), {}};
  std::error_code error;
  if (note.empty() || !std::filesystem::exists(data / "ledger.key", error)) {
    return fail(
        Error::unavailable("LEDGER_EMPTY", "No server has published a ledger from this data folder."));
  }
  HG_ASSIGN(auto secret, secret_of(data));
  HG_ASSIGN(auto snapshot, store::sqlite::Snapshot::open(data));
  std::unique_ptr<LedgerReader> out(new LedgerReader(std::move(snapshot), std::move(secret)));
  HG_ASSIGN(const auto seed, crypto::load_or_create_key_file(data / "ledger.key", out->random_));
  out->record_ = std::make_shared<Record>(note);
  ledger::LedgerParts parts{*out->snapshot_,
                            out->clock_,
                            out->random_,
                            out->secret_.derive("ledger"),
                            ledger::NoteSigner(ledger_origin(config, data), crypto::Ed25519Key(seed)),
                            *out->record_};
  out->ledger_ =
      std::make_unique<ledger::Ledger>(std::move(parts), static_cast<std::size_t>(config.ledger_pad_to));
  HG_TRY(at_once(out->ledger_->open()));
  return out;
}

}  // namespace heliograph::app
