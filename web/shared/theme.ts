// Colours and sizes that all pages share. The accent is the landing page's.
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const ember: MantineColorsTuple = [
  "#fdf2ea", "#f8e2d2", "#f0c4a4", "#e8a473", "#e1894a", "#dd7830", "#c4641f", "#a4521a", "#8a4415", "#6e340d",
];

// Mantine's own red is too light to be read on white, its green and yellow on a tint of themselves.
const red: MantineColorsTuple = [
  "#fff5f5", "#ffe3e3", "#ffc9c9", "#ffa8a8", "#ff8787", "#ff6b6b", "#d92d20", "#b42318", "#a3210f", "#8a1c0c",
];

const green: MantineColorsTuple = [
  "#ebfbee", "#d3f9d8", "#b2f2bb", "#8ce99a", "#69db7c", "#51cf66", "#40c057", "#37b24d", "#2f9e44", "#1d6a33",
];
const yellow: MantineColorsTuple = [
  "#fff9db", "#fff3bf", "#ffec99", "#ffe066", "#ffd43b", "#fcc419", "#fab005", "#f59f00", "#f08c00", "#8a5000",
];

export const theme = createTheme({
  primaryColor: "ember",
  primaryShade: { light: 7, dark: 8 },
  colors: { ember, red, green, yellow },
  autoContrast: true,
  defaultRadius: "sm",
  components: {
    Anchor: { defaultProps: { underline: "always", size: "sm" } },
    // Locking makes a <style> element, which the Content-Security-Policy forbids.
    Modal: { defaultProps: { lockScroll: false } },
  },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Noto Sans Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: "inherit", sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.15rem" }, h3: { fontSize: "1rem" } } },
});
