import { Modal, Stack, Table, Title } from "@mantine/core";
import { useActiveKeys } from "../../../shared/keys.tsx";
import { t } from "../texts/index.ts";

export function KeyList({ opened, close }: { opened: boolean; close: () => void }) {
  const scopes = useActiveKeys(opened);
  return (
    <Modal opened={opened} onClose={close} title={t.keys.title} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
      <Stack>
        {scopes.toReversed().map((scope) => (
          <section key={scope.title}>
            <Title order={3}>{scope.title}</Title>
            <Table withRowBorders={false} verticalSpacing={3}>
              <Table.Tbody>
                {scope.keys.map((key) => (
                  <Table.Tr key={key.keys}>
                    <Table.Td w={150}>{key.keys.split(" ").map((one) => <Combination key={one} keys={one} />)}</Table.Td>
                    <Table.Td>{key.text}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
        ))}
      </Stack>
    </Modal>
  );
}

const names: Record<string, string> = { mod: "Ctrl", Escape: "Esc", Shift: "⇧", ArrowDown: "↓", ArrowUp: "↑" };

export function Combination({ keys }: { keys: string }) {
  return <>{keys.split("+").map((key) => <kbd key={key}>{names[key] ?? key}</kbd>)} </>;
}
