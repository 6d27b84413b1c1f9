#include "app/listening.h"

#include <fstream>
#include <nlohmann/json.hpp>

namespace heliograph::app {

Result<ListeningFile> ListeningFile::write(const std::filesystem::path& data, const Addresses& addresses) {
  const auto path = data / "listening.json";
  const auto fresh = data / "listening.json.new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    out << nlohmann::json{{"mtproto", addresses.mtproto}, {"http", addresses.http}} << '\n';
    if (!out.flush()) {
      return fail(Error::unavailable("DATA_DIR_UNUSABLE", "Cannot write " + fresh.string() + "."));
    }
  }
  std::error_code error;
  std::filesystem::rename(fresh, path, error);
  if (error) return fail(Error::unavailable("DATA_DIR_UNUSABLE", "Cannot write " + path.string() + "."));
  return ListeningFile(path);
}

ListeningFile::~ListeningFile() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

}  // namespace heliograph::app
