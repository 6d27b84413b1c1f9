import { notifications } from "@mantine/notifications";
import { beforeEach, expect, test, vi } from "vitest";

import { Problem } from "../../../shared/problem.ts";
import { NotSteppedUp } from "../session/step_up.tsx";
import { failed } from "./notify.ts";

vi.mock("@mantine/notifications", () => ({ notifications: { show: vi.fn() } }));
beforeEach(() => vi.clearAllMocks());

test("what failed is told", () => {
  failed(new Problem({ title: "Taken", status: 409 }));
  expect(notifications.show).toHaveBeenCalledWith(expect.objectContaining({ message: "Taken" }));
});

test("who closed the step-up dialog is told nothing more", () => {
  failed(new NotSteppedUp());
  expect(notifications.show).not.toHaveBeenCalled();
});
