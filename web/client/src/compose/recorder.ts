// Records what somebody says as voice messages are everywhere: Opus in an Ogg file.
import { bars } from "./waveform.ts";

export interface Recorded {
  file: File;
  seconds: number;
  waveform: number[];
}

export interface Recorder {
  stop: () => Promise<Recorded>;
  cancel: () => void;
}

const ogg = "audio/ogg; codecs=opus";
// What browsers record; all of them hold Opus, most not in Ogg.
const types = [ogg, "audio/webm; codecs=opus", "audio/mp4; codecs=opus"];
const bitsPerSecond = 32_000;

const typeHere = (): string | undefined => types.find((each) => MediaRecorder.isTypeSupported(each));

export const mayRecord = (): boolean => typeof MediaRecorder !== "undefined" && navigator.mediaDevices !== undefined && typeHere() !== undefined;

// Asks for the microphone. Whoever calls it ends it, by one or the other.
export async function record(): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
  const close = () => stream.getTracks().forEach((track) => track.stop());
  const parts: Blob[] = [];
  let recorder: MediaRecorder;
  try {
    recorder = new MediaRecorder(stream, { mimeType: typeHere(), audioBitsPerSecond: bitsPerSecond });
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.start();
  } catch (error) {
    close();
    throw error;
  }
  // Whoever goes elsewhere right after sending ends it twice: what was sent still comes.
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
    if (recorder.state === "inactive") resolve();
    else recorder.stop();
    close();
  }));
  return {
    stop: async () => {
      await end();
      const recorded = new Blob(parts, { type: recorder.mimeType });
      const inOgg = recorder.mimeType.startsWith("audio/ogg") ? recorded : await intoOgg(recorded);
      const heard = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(await inOgg.arrayBuffer());
      return { file: new File([inOgg], "voice.ogg", { type: "audio/ogg" }), seconds: Math.max(1, Math.round(heard.duration)), waveform: bars(heard.getChannelData(0)) };
    },
    cancel: () => void end(),
  };
}

// The same packets in another box: nothing is encoded again.
async function intoOgg(recorded: Blob): Promise<Blob> {
  const { BlobSource, BufferTarget, EncodedAudioPacketSource, EncodedPacketSink, Input, MP4, OggOutputFormat, Output, WEBM } = await import("mediabunny");
  const track = await new Input({ source: new BlobSource(recorded), formats: [WEBM, MP4] }).getPrimaryAudioTrack();
  const config = await track?.getDecoderConfig();
  if (!track || !config) throw new Error("The browser recorded nothing.");
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new EncodedAudioPacketSource("opus");
  output.addAudioTrack(source);
  await output.start();
  for await (const packet of new EncodedPacketSink(track).packets()) await source.add(packet, { decoderConfig: config });
  await output.finalize();
  return new Blob([target.buffer!], { type: "audio/ogg" });
}
