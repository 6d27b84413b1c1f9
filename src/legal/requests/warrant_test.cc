// A request as other systems of authorities write it: what is where, and that nothing breaks out of its
// place. Whether it is XML at all is looked at by a reader that is not ours: tests/system/test_legal.py.
#include "legal/requests/warrant.h"

#include <gmock/gmock.h>

namespace heliograph::legal {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WarrantTest : public ::testing::Test {
 protected:
  WarrantTest() {
    row.id = 7;
    row.agency = 3;
    row.type = Type::epoc;
    row.country = "DE";
    form.kind = IdentifierKind::phone;
    form.identifier = "+4915112345678";
    form.from = 1'800'000'000;
    form.to = 1'800'086'400;
    form.issuer = "prosecutor";
    form.issuer_name = "Staatsanwaltschaft Musterstadt";
    form.case_number = "123 Js 456/26";
    form.offence = "fraud <section 263> & more";
    form.issued_at = 1'799'900'000;
  }
  std::string written() const {
    return to_warrant({row, form, "Staatsanwaltschaft Musterstadt", "example.org/ledger", 1'800'090'000})
        .value();
  }
  store::LegalRequest row;
  RequestForm form;
};

TEST_F(WarrantTest, OneAuthorisationAndATaskForEachCategory) {
  const auto text = written();
  EXPECT_EQ(text, written());
  EXPECT_THAT(text, HasSubstr("<SenderIdentifier><CountryCode>DE</CountryCode><UniqueIdentifier>agency-3<"));
  EXPECT_THAT(text, HasSubstr("<Timestamp>2027-01-16T09:00:00.000000Z</Timestamp>"));
  EXPECT_THAT(text, HasSubstr("<auth:AuthorisationReference>123 Js 456/26</auth:AuthorisationReference>"));
  EXPECT_THAT(text, HasSubstr("<common:Value>EPOC</common:Value>"));
  EXPECT_THAT(text, HasSubstr("Offence: fraud &lt;section 263&gt; &amp; more"));
  EXPECT_THAT(text, HasSubstr("<common:Value>SubscriberData</common:Value>"));
  EXPECT_THAT(text, HasSubstr("<common:Value>UserIdentifyingData</common:Value></task:Type>"
                              "<task:StartTime>2027-01-15T08:00:00Z</task:StartTime>"
                              "<task:EndTime>2027-01-16T08:00:00Z</task:EndTime>"));
  EXPECT_THAT(text, HasSubstr("<task:FormatOwner>ETSI</task:FormatOwner>"
                              "<task:FormatName>InternationalE164</task:FormatName></task:FormatType>"
                              "<task:Value>4915112345678</task:Value>"));
  form.wants_phone = false;
  EXPECT_THAT(written(), Not(HasSubstr("SubscriberData")));
}

TEST_F(WarrantTest, WhatTheStandardHasNoWordForStandsUnderOurOwnDictionary) {
  row.type = Type::production;
  form.kind = IdentifierKind::username;
  form.identifier = "ann";
  EXPECT_THAT(written(),
              HasSubstr("<common:Owner>Heliograph</common:Owner><common:Name>RequestType</common:Name>"
                        "<common:Value>production</common:Value>"));
  EXPECT_THAT(written(), HasSubstr("<task:FormatOwner>Heliograph</task:FormatOwner>"
                                   "<task:FormatName>Username</task:FormatName>"));
}

TEST_F(WarrantTest, EmergenciesAndOrdersToKeepSilentAreFlagged) {
  EXPECT_THAT(written(), Not(HasSubstr("AuthorisationFlags")));
  form.gag_until = 1'900'000'000;
  EXPECT_THAT(written(), HasSubstr("<common:Value>DelayInformingUser</common:Value>"));
  row.type = Type::emergency;
  EXPECT_THAT(written(), HasSubstr("<common:Value>IsEmergency</common:Value>"));
}

TEST_F(WarrantTest, WhatIsWrittenCannotBecomeMarkup) {
  form.issuer_name = "]]></x>\x01\n";
  EXPECT_THAT(written(), HasSubstr("<common:ApproverName>]]&gt;&lt;/x&gt; \n</common:ApproverName>"));
}

TEST_F(WarrantTest, WhatAsksForNoDataHasNoSuchShape) {
  for (const auto type : {Type::preservation, Type::removal}) {
    row.type = type;
    EXPECT_EQ(to_warrant({row, form, "", "", 0}).error().code, "TYPE_NOT_TAKEN");
  }
}

}  // namespace
}  // namespace heliograph::legal
