// What a browser does seldom, or in no order that can be had: it cannot record after all, or stops late.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { record } from "./recorder.ts";

const track = { stop: vi.fn() };
let begin = () => {};
class LateRecorder {
  static isTypeSupported = () => true;
  state = "inactive";
  mimeType = "audio/ogg; codecs=opus";
  ondataavailable = (_: { data: Blob }) => {};
  onstop = () => {};
  start() {
    begin();
    this.state = "recording";
  }
  stop() {
    this.state = "inactive";
    setTimeout(() => {
      this.ondataavailable({ data: new Blob(["said"]) });
      this.onstop();
    });
  }
}
class Heard {
  decodeAudioData = async () => ({ duration: 2, getChannelData: () => new Float32Array(480) });
}

beforeEach(() => {
  begin = () => {};
  track.stop.mockClear();
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia: async () => ({ getTracks: () => [track] }) } });
  vi.stubGlobal("MediaRecorder", LateRecorder);
  vi.stubGlobal("OfflineAudioContext", Heard);
});
afterEach(() => vi.unstubAllGlobals());

test("where it cannot begin the microphone is closed", async () => {
  begin = () => { throw new Error("NotSupportedError"); };
  await expect(record()).rejects.toThrow("NotSupportedError");
  expect(track.stop).toHaveBeenCalledOnce();
});

test("what was sent comes, whoever goes elsewhere at once", async () => {
  const recorder = await record();
  const sent = recorder.stop();
  recorder.cancel();
  const { file, seconds } = await sent;
  expect(await file.text()).toBe("said");
  expect(seconds).toBe(2);
  expect(track.stop).toHaveBeenCalledOnce();
});
