// Who works here, in which role, and what they have read of people's data.
import { Alert, Button, Code, Group, Modal, MultiSelect, NativeSelect, Stack, Table, Tabs, Text, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { dateTime, languageName } from "../../../shared/format.ts";
import { answer, api } from "../api/client.ts";
import { categories, roles, type Category, type Enrolment, type Role, type StaffMember } from "../api/types.ts";
import { TextDialog } from "../cases/text_dialog.tsx";
import { Ago } from "../layout/labels.tsx";
import { More } from "../layout/more.tsx";
import { failed } from "../layout/notify.ts";
import { Card, Page } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { useGuarded } from "../session/step_up.tsx";
import { fill, t } from "../texts/index.ts";

export function StaffPage() {
  const changes = useMay("changeStaff");
  const [edited, setEdited] = useState<StaffMember | "new">();
  const [link, setLink] = useState<Enrolment>();
  return (
    <Page title={t.staff.title} lead={t.staff.lead} actions={changes && <Button onClick={() => setEdited("new")}>{t.staff.add}</Button>}>
      {link && (
        <Alert variant="light" color="green" title={fill(t.staff.linkFor, { name: link.member.name })} withCloseButton closeButtonLabel={t.common.close} onClose={() => setLink(undefined)}>
          <Text size="sm">{fill(t.staff.linkText, { until: dateTime(link.expires_at) })}</Text>
          <Code block mt="xs">{link.url}</Code>
        </Alert>
      )}
      <Tabs defaultValue="people" keepMounted={false}>
        <Tabs.List mb="md"><Tabs.Tab value="people">{t.staff.people}</Tabs.Tab><Tabs.Tab value="reads">{t.staff.reads}</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="people"><People edit={changes ? setEdited : undefined} /></Tabs.Panel>
        <Tabs.Panel value="reads"><Reads /></Tabs.Panel>
      </Tabs>
      <Modal opened={edited !== undefined} onClose={() => setEdited(undefined)} title={edited === "new" ? t.staff.add : t.common.change} closeButtonProps={{ "aria-label": t.common.close }}>
        {edited !== undefined && <Editor key={edited === "new" ? 0 : edited.id} had={edited === "new" ? undefined : edited} done={(made) => { setEdited(undefined); if (made) setLink(made); }} />}
      </Modal>
    </Page>
  );
}

function People({ edit }: { edit?: (member: StaffMember) => void }) {
  const query = useQuery({ queryKey: ["staff"], queryFn: () => answer(api.GET("/staff")) });
  return (
    <Answered query={query}>
      {({ items }) => (
        <Card flush>
          <Table aria-label={t.staff.people}>
            <Table.Thead><Table.Tr><Table.Th>{t.session.name}</Table.Th><Table.Th>{t.staff.role}</Table.Th><Table.Th>{t.queue.state}</Table.Th><Table.Th>{t.staff.skills}</Table.Th><Table.Th>{t.staff.signsIn}</Table.Th><Table.Th>{t.staff.seen}</Table.Th>{edit && <Table.Th><span className="unseen">{t.common.change}</span></Table.Th>}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {items.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{one.name}</Table.Td>
                  <Table.Td>{t.roles[one.role]}</Table.Td>
                  <Table.Td>{t.staff.states[one.state]}</Table.Td>
                  <Table.Td>{[...one.languages.map(languageName), ...one.categories.map((category) => t.categories[category])].join(", ") || "–"}</Table.Td>
                  <Table.Td>{one.credentials.map((kind) => t.staff.credentials[kind]).join(", ") || "–"}</Table.Td>
                  <Table.Td>{one.seen_at ? <Ago at={one.seen_at} /> : t.common.never}</Table.Td>
                  {edit && <Table.Td>{one.state !== "disabled" && <Button size="compact-sm" variant="default" onClick={() => edit(one)} aria-label={fill(t.staff.changeOne, { name: one.name })}>{t.common.change}</Button>}</Table.Td>}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      )}
    </Answered>
  );
}

function Editor({ had, done }: { had?: StaffMember; done: (made?: Enrolment) => void }) {
  const guarded = useGuarded();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>(had?.role ?? "moderator");
  const [languages, setLanguages] = useState((had?.languages ?? []).join(" "));
  const [skills, setSkills] = useState<Category[]>(had?.categories ?? []);
  const [disabling, setDisabling] = useState(false);
  const spoken = languages.split(/[\s,]+/).filter(Boolean);
  const outcome = {
    onSuccess: (made: unknown) => { void queries.invalidateQueries({ queryKey: ["staff"] }); done(made && typeof made === "object" && "url" in made ? (made as Enrolment) : undefined); },
    onError: failed,
  };
  const save = useMutation({
    mutationFn: (): Promise<unknown> => guarded((): Promise<unknown> => had
      ? answer(api.PATCH("/staff/{id}", { params: { path: { id: had.id } }, body: { ...(role !== had.role ? { role } : {}), languages: spoken, categories: skills } }))
      : answer(api.POST("/staff", { body: { name: name.trim(), role, languages: spoken, categories: skills } }))),
    ...outcome,
  });
  const renew = useMutation({ mutationFn: (): Promise<unknown> => guarded(() => answer(api.POST("/staff/{id}/enrolment", { params: { path: { id: had!.id } } }))), ...outcome });
  const disable = useMutation({ mutationFn: (reason: string): Promise<unknown> => guarded(() => answer(api.POST("/staff/{id}/disable", { params: { path: { id: had!.id } }, body: { reason, reopen: false } }))), ...outcome });
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Stack>
        {had ? <Text fw={600}>{had.name}</Text> : <TextInput label={t.session.name} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={64} data-autofocus />}
        <NativeSelect label={t.staff.role} value={role} onChange={(event) => setRole(event.currentTarget.value as Role)} data={roles.map((value) => ({ value, label: t.roles[value] }))} />
        <Text size="sm" c="dimmed">{t.staff.roleTexts[role]}</Text>
        <TextInput label={t.staff.languages} description={t.staff.languagesHint} value={languages} onChange={(event) => setLanguages(event.currentTarget.value)} />
        <MultiSelect label={t.staff.categories} placeholder={skills.length ? undefined : t.staff.allCategories} data={categories.map((value) => ({ value, label: t.categories[value] }))} value={skills} onChange={(value) => setSkills(value as Category[])} />
        <Button type="submit" loading={save.isPending} disabled={!had && !name.trim()}>{had ? t.common.save : t.staff.addSubmit}</Button>
        {had && (
          <Group grow>
            <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>{t.staff.renew}</Button>
            <Button variant="outline" color="red" onClick={() => setDisabling(true)}>{t.staff.disable}</Button>
          </Group>
        )}
      </Stack>
      {had && <TextDialog opened={disabling} close={() => setDisabling(false)} title={fill(t.staff.disableOne, { name: had.name })} label={t.escalate.why} submit={t.staff.disable} danger busy={disable.isPending} act={(reason) => disable.mutate(reason)} />}
    </form>
  );
}

function Reads() {
  const query = useInfiniteQuery({
    queryKey: ["reads"],
    queryFn: ({ pageParam }) => answer(api.GET("/staff/reads", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  return (
    <Answered query={query} isEmpty={(data) => data.pages[0]?.items.length === 0} empty={<Message title={t.staff.noReads} />}>
      {({ pages }) => (
        <Card flush>
          <Table aria-label={t.staff.reads}>
            <Table.Thead><Table.Tr><Table.Th>{t.decide.at}</Table.Th><Table.Th>{t.staff.who}</Table.Th><Table.Th>{t.staff.what}</Table.Th><Table.Th>{t.staff.whose}</Table.Th><Table.Th>{t.lookup.reason}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {pages.flatMap((page) => page.items).map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{dateTime(one.at)}</Table.Td><Table.Td>{one.by.name}</Table.Td><Table.Td><code>{one.what}</code></Table.Td><Table.Td>{one.member ?? "–"}</Table.Td>
                  <Table.Td>{one.case_id ? <Link to={`/cases/${one.case_id}`}>{one.reason}</Link> : one.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <More query={query} flush />
        </Card>
      )}
    </Answered>
  );
}
