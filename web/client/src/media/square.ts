// A picture as profiles have them: square, not larger than needed, and without what the camera wrote into the file.
const side = 640;

export async function squarePicture(file: Blob): Promise<Uint8Array> {
  const picture = await createImageBitmap(file);
  try {
    const size = Math.min(picture.width, picture.height);
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, side, side);
    context.drawImage(picture, (picture.width - size) / 2, (picture.height - size) / 2, size, size, 0, 0, side, side);
    return new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.88 })).arrayBuffer());
  } finally {
    picture.close();
  }
}
