// What is where. An area has the left column (chats, search, settings), a chat the middle, a panel the right. Screens that not
// everybody opens are loaded when they are (`lazy`). How to add one: web/README.md.
import { createHashRouter } from "react-router";
import { ChatListArea, ChatScreen, ToUsername } from "./layout/lazy_screens.ts";
import { Frame } from "./layout/frame.tsx";
import { Broken, NoChat, Nowhere } from "./layout/states.tsx";

// `name` is one of what the file exports that draws a screen of its own.
const page = <T extends object, K extends keyof T>(load: () => Promise<T>, name: K) => ({ lazy: async () => ({ Component: (await load())[name] as React.ComponentType }) });
const info = () => import("./info/info_panel.tsx");
const members = () => import("./groups/members_panel.tsx");
const invites = () => import("./groups/invites_panel.tsx");
const settings = () => import("./settings/settings_area.tsx");
const fresh = () => import("./groups/new_chat.tsx");

// Beside an open chat.
const panels = [
  { path: "info", ...page(info, "InfoPanel") },
  { path: "search", ...page(() => import("./search/in_chat.tsx"), "InChatSearch") },
  { path: "members", ...page(members, "MembersPanel") },
  { path: "members/:user", ...page(() => import("./groups/member_panel.tsx"), "MemberPanel") },
  { path: "manage", ...page(() => import("./groups/manage_panel.tsx"), "ManagePanel") },
  { path: "permissions", ...page(() => import("./groups/permissions_panel.tsx"), "PermissionsPanel") },
  { path: "invites", ...page(invites, "InvitesPanel") },
  { path: "requests", ...page(invites, "RequestsPanel") },
  { path: "log", ...page(() => import("./groups/log_panel.tsx"), "LogPanel") },
];

export const router = createHashRouter([
  {
    element: <Frame />,
    errorElement: <Broken />,
    children: [
      {
        element: <ChatListArea />,
        children: [
          { path: "/", element: <NoChat /> },
          { path: "/chat/:peer", element: <ChatScreen />, children: panels },
          { path: "/chat/:peer/topic/:thread", element: <ChatScreen /> },
          { path: "/to/:username", element: <ToUsername /> },
          { path: "/discover", ...page(() => import("./search/discover.tsx"), "Discover") },
          { path: "/new/group", ...page(fresh, "NewGroup") },
          { path: "/new/channel", ...page(fresh, "NewChannel") },
        ],
      },
      { ...page(() => import("./search/search_area.tsx"), "SearchArea"), children: [{ path: "/search", element: <NoChat /> }] },
      {
        ...page(settings, "SettingsArea"),
        children: [
          { path: "/settings", ...page(settings, "NoSetting") },
          { path: "/settings/profile", ...page(() => import("./settings/profile_page.tsx"), "ProfilePage") },
          { path: "/settings/privacy", ...page(() => import("./settings/privacy_page.tsx"), "PrivacyPage") },
          { path: "/settings/notifications", ...page(() => import("./settings/notifications_page.tsx"), "NotificationsPage") },
          { path: "/settings/folders", ...page(() => import("./settings/folders_page.tsx"), "FoldersPage") },
          { path: "/settings/security", ...page(() => import("./settings/security_page.tsx"), "SecurityPage") },
          { path: "/settings/devices", ...page(() => import("./settings/devices_page.tsx"), "DevicesPage") },
          { path: "/settings/appearance", ...page(() => import("./settings/appearance_page.tsx"), "AppearancePage") },
          { path: "/settings/decisions", ...page(() => import("./settings/decisions_page.tsx"), "DecisionsPage") },
          { path: "/settings/data", ...page(() => import("./settings/data_page.tsx"), "DataPage") },
          { path: "/settings/ledger", ...page(() => import("./ledger/own_entry_page.tsx"), "OwnEntryPage") },
          { path: "/settings/ledger/:case", ...page(() => import("./ledger/own_entry_page.tsx"), "OwnEntryPage") },
        ],
      },
      { path: "*", element: <Nowhere /> },
    ],
  },
]);
