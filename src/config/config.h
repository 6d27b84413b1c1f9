// The operator's settings: one plain struct, read from TOML. Every key is in one table (config.cc), from
// which reading, error messages and docs/configuration.md come.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/address.h"
#include "safety/scan/scanner.h"
#include "safety/second/second_stage.h"

namespace heliograph::config {

enum class CodeDelivery : std::uint8_t { log, webhook, smtp };

struct Config {
  std::filesystem::path data_dir = "data";
  int dc_id = 2;

  net::Endpoint listen_mtproto{"127.0.0.1", 4430};
  net::Endpoint listen_http{"127.0.0.1", 8080};
  net::Endpoint listen_admin;  // empty host: no admin listener

  // What clients are told. Empty and 0: taken from the listen addresses.
  std::string public_host;
  std::uint16_t public_port = 0;
  std::string public_websocket;
  std::string public_url;
  std::vector<net::Network> trusted_proxies;

  CodeDelivery code_delivery = CodeDelivery::log;
  std::string webhook_url;
  std::string webhook_token;
  std::string smtp_url;
  std::string smtp_user;
  std::string smtp_password;
  std::string smtp_from;
  std::string smtp_to;
  std::int64_t code_lifetime_seconds = 300;
  std::int64_t codes_per_address_per_hour = 300;

  std::int64_t takeout_delay_seconds = 86'400;

  std::int64_t connections = 100'000;
  std::int64_t connections_per_address = 1'000;
  std::int64_t handshakes_per_address_per_minute = 600;
  std::int64_t calls_per_account_per_second = 200;
  std::int64_t unsent_bytes = 4 * 1024 * 1024;
  std::int64_t handshake_seconds = 20;
  std::int64_t idle_seconds = 900;
  std::int64_t http_body_bytes = 1024 * 1024;

  std::string ledger_origin;  // empty: made from public.host
  std::int64_t ledger_batch_seconds = 60;
  std::int64_t ledger_pad_to = 4;
  std::vector<std::string> ledger_witnesses;  // each: a verifier key, a space, an address

  std::string transparency_schedule = "none";  // transparency/period.h
  std::int64_t transparency_publish_days = 60;
  std::int64_t transparency_threshold = 5;
  std::string transparency_provider, transparency_service;
  std::string transparency_statements_url;  // empty: none are sent
  std::string transparency_statements_token;
  std::int64_t journal_days = 365;
  std::string legal_rules;  // folder of jurisdictions; empty: what the program carries
  std::string legal_trust;  // file of certificates; empty: nobody's
  std::string legal_cms_certificate, legal_cms_key;  // files; both empty: the server's own

  safety::RulebookFiles safety;  // empty: what the program carries
  std::string search_help;       // file; empty: the one the program carries
  std::string appeals = "the operator of this server";
  std::int64_t appeal_days = 183;
  std::int64_t searches_people = 5;
  std::int64_t searches_asked = 20;
  std::int64_t searches_removed = 5;
  std::int64_t searches_looked_at_minutes = 60;
  std::int64_t quality_permille = 50;  // of decided cases: how many are looked at again
  std::string second_stage_url;        // empty: none is asked
  safety::SecondStageKind second_stage_kind = safety::SecondStageKind::chat;
  std::string second_stage_weights;  // file; empty: the one beside the program
  std::string second_stage_model;
  std::string second_stage_token;
  std::int64_t second_stage_seconds = 10;
  std::int64_t second_stage_per_day = 10'000;
  std::string translator_url;  // empty: nothing is translated for the staff
  std::string translator_token;
  std::int64_t translator_seconds = 20;

  std::int64_t unfinished_files = 100;
  std::int64_t unfinished_bytes = std::int64_t{4} << 30;
  std::int64_t upload_hours = 24;
  std::int64_t file_parts = 4'000;
  std::int64_t photo_bytes = 10 << 20;
  std::int64_t reference_seconds = 24 * 60 * 60;
  std::int64_t image_processes = 2;
  std::string image_model = "auto";

  int loops = 0;    // 0: one a processor, at most 8
  int workers = 2;  // threads for key exchanges
  std::string log_level = "info";
};

// Reads a whole file's text. `name` is used in messages only.
// Errors: CONFIG_INVALID; the message has one line for each thing that is wrong, each with file, line, key
// and what is allowed.
Result<Config> parse_config(std::string_view toml, std::string_view name);
// Errors: also CONFIG_UNREADABLE.
Result<Config> load_config(const std::filesystem::path& path);

// docs/configuration.md.
std::string config_reference();

}  // namespace heliograph::config
