#include "web/public/snippets.h"

namespace heliograph::web {

namespace {

// Replaces every @name@ of the template.
std::string fill(std::string_view text, std::string_view name, std::string_view value) {
  const std::string mark = "@" + std::string(name) + "@";
  std::string out;
  for (;;) {
    const auto at = text.find(mark);
    out += text.substr(0, at);
    if (at == text.npos) return out;
    out += value;
    text.remove_prefix(at + mark.size());
  }
}

// JSON strings are valid in JavaScript and, for what a host name or a PEM holds, in Python.
std::string fill_facts(std::string_view text, const PublicFacts& facts) {
  std::string pem = facts.rsa_public_pem;
  while (pem.ends_with('\n')) pem.pop_back();
  std::string out = fill(text, "host", net::json_quote(facts.host));
  out = fill(out, "port", std::to_string(facts.port));
  out = fill(out, "dc", std::to_string(facts.dc_id));
  return fill(out, "pem", pem);
}

}  // namespace

std::string telethon_snippet(const PublicFacts& facts) {
  return fill_facts(R"(import asyncio
from telethon import TelegramClient, functions, types
from telethon.crypto import rsa
from telethon.sessions import MemorySession

rsa.add_key("""@pem@""", old=False)

async def main():
    session = MemorySession()
    session.set_dc(@dc@, @host@, @port@)
    client = TelegramClient(session, 1, 'x')
    await client.connect()
    phone = input('phone: ')
    sent = await client(functions.auth.SendCodeRequest(phone, 1, 'x', types.CodeSettings()))
    answer = await client(functions.auth.SignInRequest(phone, sent.phone_code_hash, input('code: ')))
    if isinstance(answer, types.auth.AuthorizationSignUpRequired):  # client.start() cannot sign up any more
        answer = await client(functions.auth.SignUpRequest(phone, sent.phone_code_hash, input('name: '), ''))
    await client.send_message('me', 'hello')
    print('signed in as', answer.user.first_name)
    await client.disconnect()

asyncio.run(main())
)",
                    facts);
}

std::string gramjs_snippet(const PublicFacts& facts) {
  return fill_facts(R"(const { createPublicKey, createHash } = require('crypto')
const bigInt = require('big-integer')
const readline = require('readline/promises').createInterface({ input: process.stdin, output: process.stdout })
const { TelegramClient } = require('telegram')
const { StringSession } = require('telegram/sessions')
const { ConnectionTCPAbridged } = require('telegram/network/connection')
const { PromisedNetSockets } = require('telegram/extensions')
const { _serverKeys } = require('telegram/crypto/RSA')

const pem = `@pem@`
const n = Buffer.from(createPublicKey(pem).export({ format: 'jwk' }).n, 'base64url')
const tl = Buffer.concat([Buffer.from([254, 0, 1, 0]), n, Buffer.from([3, 1, 0, 1])])
const fingerprint = createHash('sha1').update(tl).digest().readBigInt64LE(12)
_serverKeys.set(fingerprint.toString(), { n: bigInt(n.toString('hex'), 16), e: 65537 })

// The library dials port 80 or 443 whatever is set: the connection is told where to go.
class Here extends ConnectionTCPAbridged {
  constructor(options) { super({ ...options, ip: @host@, port: @port@ }) }
}
const session = new StringSession('')
session.setDC(@dc@, @host@, 443)
const client = new TelegramClient(session, 1, 'x', {
  connection: Here, networkSocket: PromisedNetSockets, connectionRetries: 3 })
client.start({
  phoneNumber: () => readline.question('phone: '),
  phoneCode: () => readline.question('code: '),
  password: () => readline.question('password: '),
  firstAndLastNames: async () => [await readline.question('name: '), ''],
  onError: console.error,
}).then(async () => console.log(await client.getMe()))
)",
                    facts);
}

std::string mtcute_snippet(const PublicFacts& facts) {
  return fill_facts(R"(import { TelegramClient, TcpTransport, MemoryStorage } from '@mtcute/node'
import { addPublicKey, NodeCryptoProvider } from '@mtcute/node/utils.js'

const crypto = new NodeCryptoProvider()
addPublicKey(crypto, `@pem@`)
const dc = { id: @dc@, ipAddress: @host@, port: @port@ }
const tg = new TelegramClient({
  apiId: 1, apiHash: 'x', storage: new MemoryStorage(), crypto,
  defaultDcs: { main: dc, media: dc }, transport: new TcpTransport() })
const self = await tg.start({  // for accounts that exist: this library cannot sign up
  phone: () => tg.input('phone: '), code: () => tg.input('code: '), password: () => tg.input('password: ') })
console.log(self.displayName)
)",
                    facts);
}

}  // namespace heliograph::web
