// Screens that are loaded when they are first shown: who signs in has no use for conversations yet.
import { lazy } from "react";

export const ChatListArea = lazy(async () => ({ default: (await import("../chats/chat_list_area.tsx")).ChatListArea }));
export const ChatScreen = lazy(async () => ({ default: (await import("../history/chat_screen.tsx")).ChatScreen }));
export const SignIn = lazy(async () => ({ default: (await import("../sign_in/sign_in.tsx")).SignIn }));
export const ToUsername = lazy(async () => ({ default: (await import("../chats/to_username.tsx")).ToUsername }));
