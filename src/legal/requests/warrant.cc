#include "legal/requests/warrant.h"

#include <ctime>

#include "crypto/hash.h"

namespace heliograph::legal {

namespace {

constexpr std::string_view kMessage =
    R"(<HI1Message xmlns="http://uri.etsi.org/03120/common/2019/10/Core" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:common="http://uri.etsi.org/03120/common/2016/02/Common" xmlns:auth="http://uri.etsi.org/03120/common/2020/09/Authorisation" xmlns:task="http://uri.etsi.org/03120/common/2020/09/Task">)";
constexpr std::string_view kOwn = "Heliograph", kEtsi = "ETSI";

// Elements as they are written, each closed by whoever opened it.
class Xml {
 public:
  void open(std::string_view name, std::string_view type = {}) {
    text_ += '<';
    text_ += name;
    if (!type.empty()) {
      text_ += " xsi:type=\"";
      text_ += type;
      text_ += '"';
    }
    text_ += '>';
  }
  void close(std::string_view name) {
    text_ += "</";
    text_ += name;
    text_ += '>';
  }
  // Nothing where there is no text.
  void leaf(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    open(name);
    for (const char c : text) put(c);
    close(name);
  }
  void put_whole(std::string_view markup) { text_ += markup; }
  // Of a dictionary: whose it is, what it is called, and the word.
  void word(std::string_view name, std::string_view owner, std::string_view dictionary,
            std::string_view value) {
    open(name);
    leaf("common:Owner", owner);
    leaf("common:Name", dictionary);
    leaf("common:Value", value);
    close(name);
  }
  std::string take() { return std::move(text_); }

 private:
  void put(char c) {
    switch (c) {
      case '&':
        text_ += "&amp;";
        return;
      case '<':
        text_ += "&lt;";
        return;
      case '>':
        text_ += "&gt;";
        return;
      default:
        // XML has no other control characters than these three, not even escaped.
        text_ += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  std::string text_;
};

std::string written_time(UnixSeconds at, const char* ending) {
  const auto time = static_cast<std::time_t>(at);
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  char out[32];
  std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%S", &parts);
  return std::string(out) + ending;
}
std::string time_text(UnixSeconds at) {
  return at == 0 ? std::string() : written_time(at, "Z");
}

// Of its own (RFC 9562, version 8), so that the same request has the same.
std::string uuid_of(const WarrantParts& parts, std::string_view what) {
  const auto hash = crypto::sha256(as_bytes("heliograph/warrant/v1 " + parts.origin + " " +
                                            std::to_string(parts.row.id) + " " + std::string(what)));
  Bytes bytes(hash.begin(), hash.begin() + 16);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x80);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
  auto out = to_hex(bytes);
  for (const std::size_t at : {20, 16, 12, 8}) out.insert(at, "-");
  return out;
}

std::string agency_id(const WarrantParts& parts) {
  return "agency-" + std::to_string(parts.row.agency);
}

void put_header(Xml& xml, const WarrantParts& parts) {
  xml.open("Header");
  xml.open("SenderIdentifier");
  xml.leaf("CountryCode", parts.row.country);
  xml.leaf("UniqueIdentifier", agency_id(parts));
  xml.close("SenderIdentifier");
  xml.open("ReceiverIdentifier");
  xml.leaf("CountryCode", "XX");  // a provider's country is not part of its log's name
  xml.leaf("UniqueIdentifier", parts.origin);
  xml.close("ReceiverIdentifier");
  xml.leaf("TransactionIdentifier", uuid_of(parts, "message"));
  xml.leaf("Timestamp", written_time(parts.at, ".000000Z"));
  xml.open("Version");
  xml.leaf("ETSIVersion", "V1.16.1");
  xml.leaf("NationalProfileOwner", "XX");
  xml.leaf("NationalProfileVersion", "v1.0");
  xml.close("Version");
  xml.close("Header");
}

void put_object(Xml& xml, const WarrantParts& parts, std::string_view what) {
  xml.leaf("ObjectIdentifier", uuid_of(parts, what));
  xml.leaf("CountryCode", parts.row.country);
  xml.leaf("OwnerIdentifier", agency_id(parts));
}

void put_approval(Xml& xml, const char* type, const std::string& reference, const std::string& name,
                  const std::string& role, UnixSeconds at) {
  if (name.empty() && role.empty()) return;
  xml.open("auth:AuthorisationApprovalDetails");
  xml.leaf("common:ApprovalType", type);
  xml.leaf("common:ApprovalReference", reference);
  xml.open("common:ApproverDetails");
  xml.leaf("common:ApproverName", name);
  xml.leaf("common:ApproverRole", role);
  xml.close("common:ApproverDetails");
  xml.leaf("common:ApprovalTimestamp", time_text(at));
  xml.close("auth:AuthorisationApprovalDetails");
}

// What people have to read: the standard has no fields of their own for it.
std::string manual_text(const RequestForm& form) {
  std::string out;
  const auto add = [&](const char* what, const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : "\n") + std::string(what) + ": " + text;
  };
  add("Legal basis", form.legal_basis);
  add("Offence", form.offence);
  add("Suspicion", form.suspicion);
  add("Necessity", form.necessity);
  add("Emergency", form.emergency);
  if (form.gag_until != 0) add("Not to be told before", time_text(form.gag_until) + " " + form.gag_reason);
  return out;
}

void put_authorisation(Xml& xml, const WarrantParts& parts) {
  const auto& form = parts.form;
  xml.open("HI1Object", "auth:AuthorisationObject");
  put_object(xml, parts, "authorisation");
  xml.leaf("auth:AuthorisationReference", form.case_number);
  if (parts.row.type == Type::epoc) {
    xml.word("auth:AuthorisationLegalType", kEtsi, "EPOCLegalType", "EPOC");
  } else {
    xml.word("auth:AuthorisationLegalType", kOwn, "RequestType", name(parts.row.type));
  }
  xml.word("auth:AuthorisationDesiredStatus", kEtsi, "AuthorisationDesiredStatus", "SubmittedToCSP");
  if (form.issued_at != 0) {
    xml.open("auth:AuthorisationTimespan");
    xml.leaf("auth:StartTime", time_text(form.issued_at));
    xml.leaf("auth:EndTime", time_text(form.expires_at));
    xml.close("auth:AuthorisationTimespan");
  }
  put_approval(xml, "IssuingAuthority", form.case_number, form.issuer_name, form.issuer, form.issued_at);
  put_approval(xml, "ValidatingAuthority", {}, form.validator_name, form.validator, 0);
  const bool silent = parts.row.type == Type::epoc && form.gag_until != 0;
  if (parts.row.type == Type::emergency || silent) {
    xml.open("auth:AuthorisationFlags");
    if (parts.row.type == Type::emergency) {
      xml.word("auth:AuthorisationFlag", kEtsi, "AuthorisationFlag", "IsEmergency");
    }
    if (silent) xml.word("auth:AuthorisationFlag", kEtsi, "EPOCAuthorisationFlag", "DelayInformingUser");
    xml.close("auth:AuthorisationFlags");
  }
  xml.leaf("auth:AuthorisationManualInformation", manual_text(form));
  xml.leaf("auth:AuthorisationLegalEntity", parts.agency);
  xml.close("HI1Object");
}

// How the person is named. A phone number has a format of ETSI's; the others are this program's.
void put_value(Xml& xml, const RequestForm& form) {
  std::string_view owner = kOwn, format;
  auto value = form.identifier;
  switch (form.kind) {
    case IdentifierKind::phone:
      owner = kEtsi;
      format = "InternationalE164";
      if (value.starts_with("+")) value.erase(0, 1);
      break;
    case IdentifierKind::user_id:
      format = "UserId";
      break;
    case IdentifierKind::username:
      format = "Username";
      break;
    case IdentifierKind::link:
      format = "Link";
      break;
  }
  xml.open("task:RequestValues");
  xml.open("task:RequestValue");
  xml.open("task:FormatType");
  xml.leaf("task:FormatOwner", owner);
  xml.leaf("task:FormatName", format);
  xml.close("task:FormatType");
  xml.leaf("task:Value", value);
  xml.close("task:RequestValue");
  xml.close("task:RequestValues");
}

void put_task(Xml& xml, const WarrantParts& parts, bool addresses) {
  const auto& form = parts.form;
  const std::string what = addresses ? "addresses" : "phone";
  xml.open("HI1Object", "task:LDTaskObject");
  put_object(xml, parts, what);
  xml.open("AssociatedObjects");
  xml.leaf("AssociatedObject", uuid_of(parts, "authorisation"));
  xml.close("AssociatedObjects");
  xml.leaf("task:Reference", parts.row.country + "-" + agency_id(parts) + "-" + std::to_string(parts.row.id) +
                                 (addresses ? "-2" : "-1"));
  xml.word("task:DesiredStatus", kEtsi, "LDTaskDesiredStatus", "AwaitingDisclosure");
  xml.open("task:RequestDetails");
  // Addresses are asked for to identify the person: Regulation (EU) 2023/1543 Art. 3(10).
  xml.word("task:Type", kEtsi, "RequestType", addresses ? "UserIdentifyingData" : "SubscriberData");
  if (addresses) {
    xml.leaf("task:StartTime", time_text(form.from));
    xml.leaf("task:EndTime", time_text(form.to));
  }
  xml.leaf("task:ObservedTime", time_text(form.as_of));
  put_value(xml, form);
  xml.close("task:RequestDetails");
  xml.close("HI1Object");
}

}  // namespace

Result<std::string> to_warrant(const WarrantParts& parts) {
  if (!discloses(parts.row.type)) {
    return fail(Error::invalid("TYPE_NOT_TAKEN", "This asks for no data: there is no such shape of it."));
  }
  Xml xml;
  xml.put_whole("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  xml.put_whole(kMessage);
  put_header(xml, parts);
  xml.open("Payload");
  xml.open("RequestPayload");
  xml.open("ActionRequests");
  int number = 0;
  const auto create = [&](const auto& put) {
    xml.open("ActionRequest");
    xml.leaf("ActionIdentifier", std::to_string(number++));
    xml.open("CREATE");
    put();
    xml.close("CREATE");
    xml.close("ActionRequest");
  };
  create([&] { put_authorisation(xml, parts); });
  if (parts.form.wants_phone) create([&] { put_task(xml, parts, false); });
  if (parts.form.wants_addresses) create([&] { put_task(xml, parts, true); });
  xml.close("ActionRequests");
  xml.close("RequestPayload");
  xml.close("Payload");
  xml.close("HI1Message");
  return xml.take() + "\n";
}

}  // namespace heliograph::legal
