using Microsoft.AspNetCore.Http;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Tests.Client;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Charters;

namespace Vantage.Tests.Hostile;

/// <summary>What a researcher's program can be told: of whom to seal to, and of what came back.</summary>
internal static class ClientAttacks
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IReadOnlyList<Attack> All { get; } =
    [
        Members("its own key as a node's", ClientErrorCodes.RootNotPinned, (f, m) =>
            Keyed(m, new Partner("South", m.Organization).NodeEncryption)),
        Members("another member's node in place of this one", ClientErrorCodes.CertificateUntrusted, (f, m) =>
            Keyed(m, f.Asker.NodeEncryption)),
        Members("a signing key where an encryption key stands", ClientErrorCodes.CertificateUntrusted, (f, m) =>
            Keyed(m, f.Partners.Single(p => p.Id == m.Organization).NodeSigning)),
        Members("a node's certificate that ran out", ClientErrorCodes.CertificateUntrusted, (f, m) => f.Partners.Single(p => p.Id == m.Organization) switch
        {
            var site => Keyed(m, site.Certify(site.NodeEncryptionKey, site.NodeEncryption.Identity, Partner.Now.AddDays(-1))),
        }),
        Members("an organization of its own among the members", ClientErrorCodes.RootNotPinned, (f, m) => new Partner("Coordinator Inc.") switch
        {
            var own => new Member(own.Id, "Coordinator Inc.", own.Root.Der.ToArray(),
                [new MemberNode(own.Node, "node", true, own.NodeSigning.Der.ToArray(), own.NodeEncryption.Der.ToArray())]),
        }),
        new("a node's key as one of the asker's devices", "client", ClientErrorCodes.CertificateUntrusted, async _ =>
        {
            await using var federation = await FakeFederation.StartAsync("South");
            var node = federation.Partners[1];
            return await CollaborationAsync(federation, c => c with
            {
                Devices = [new Device(node.NodeSigning.KeyId, "laptop", node.NodeSigning.Der.ToArray(), node.NodeEncryption.Der.ToArray(), Partner.Now)],
            });
        }),
        new("a partner's person as one of the asker's devices", "client", ClientErrorCodes.CertificateUntrusted, async _ =>
        {
            await using var federation = await FakeFederation.StartAsync("South");
            // Under the asker's very id: an organization vouches for its own people only.
            federation.AddDevice(by: federation.Partners[1]);
            return await CollaborationAsync(federation, c => c);
        }),
        Result("a result with one bit changed", ClientErrorCodes.ReceiptUntrusted, (f, run, other) => run.End!.Envelopes["result"][^1] ^= 1),
        Result("another run's result and receipt", ClientErrorCodes.ReceiptUntrusted, (f, run, other) => run.End = other.End),
        Result("another run's receipt over this run's result", ClientErrorCodes.ReceiptUntrusted, (f, run, other) =>
            run.End = run.End! with { Receipt = other.End!.Receipt }),
        Result("another run's result under this run's receipt", ClientErrorCodes.ReceiptUntrusted, (f, run, other) =>
            run.End = run.End! with { Envelopes = other.End!.Envelopes }),
        Result("a receipt signed by itself", ClientErrorCodes.RootNotPinned, (f, run, other) => Forge(run, new Partner("South", run.Site.Id))),
        Result("a receipt signed by another member's node", ClientErrorCodes.ReceiptUntrusted, (f, run, other) =>
            Forge(run, f.Partners.First(p => p.Id != run.Site.Id))),
        Result("a receipt with another outcome written in", ClientErrorCodes.StatementUntrusted, (f, run, other) => run.End = run.End! with
        {
            Receipt = Tampering.Change(run.End.Receipt!, "\"succeeded\"", "\"failed\""),
        }),
        Result("an earlier epoch's result under the later one's receipt", ClientErrorCodes.ReceiptUntrusted, (f, run, other) =>
            run.End = Later(run) with { Envelopes = run.End!.Envelopes }),
        Result("an earlier epoch's receipt over the later one's result", ClientErrorCodes.ReceiptUntrusted, (f, run, other) =>
            run.End = Later(run) with { Receipt = run.End!.Receipt }),
        Result("an earlier epoch's receipt with the later one written in", ClientErrorCodes.StatementUntrusted, (f, run, other) =>
            run.End = run.End! with { Receipt = Tampering.Change(run.End.Receipt!, "\"epoch\":1", "\"epoch\":2") }),
        Result("no receipt at all", ClientErrorCodes.NothingThere, (f, run, other) => run.End = run.End! with { Receipt = null }),
        new("a charter in which its own root is a member", "client", "charter-joins-unasked", s => CharterAsync((f, club) =>
            new Partner("Coordinator Inc.") switch { var own => Club.Sign(club.First(1, f.Asker, own) with { Collaboration = f.Collaboration }, f.Asker) })),
        new("a charter that the person's organization never signed", "client", "charter-joins-unasked", s => CharterAsync((f, club) =>
            Club.Sign(club.First(1, f.Asker, club.Partners[0]) with { Collaboration = f.Collaboration }, club.Partners[0]))),
        new("another collaboration's charter", "client", "charter-foreign", s => CharterAsync((f, club) =>
            Club.Sign(club.First(1, f.Asker, club.Partners[0]), f.Asker, club.Partners[0]))),
    ];

    private static Member Keyed(Member member, Certificate encryption) =>
        member with { Nodes = [.. member.Nodes.Select(node => node with { EncryptionCertificate = encryption.Der.ToArray() })] };

    /// <summary>The asker's question is not sent: nothing is sealed to a key that no pinned root certified for that node.</summary>
    private static Attack Members(string name, string code, Func<FakeFederation, Member, Member> change) => new(name, "client", code, async _ =>
    {
        await using var federation = await FakeFederation.StartAsync("South");
        return await CollaborationAsync(federation, c => c with { Members = [c.Members[0], change(federation, c.Members[1])] });
    });

    private static async Task<string?> CharterAsync(Func<FakeFederation, Club, SignedCharter> make)
    {
        await using var federation = await FakeFederation.StartAsync("South");
        var charter = make(federation, new Club(1));
        var text = CharterText.Read(charter.Text);
        return await CollaborationAsync(federation, c => c with
        {
            Charter = new CharterHead(federation.Collaboration, text.Content.Id, text.Content.Serial, text.Digest),
        }, charter);
    }

    private static async Task<string?> CollaborationAsync(FakeFederation federation, Func<Collaboration, Collaboration> change, params SignedCharter[] charters)
    {
        federation.Meddle = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/charters", StringComparison.Ordinal))
            {
                await context.Response.WriteAsJsonAsync(new CharterBook(charters, []), ProtocolJson.Default.CharterBook);
                return true;
            }

            if (context.Request.Path.Value != $"{Routes.Collaborations}/{federation.Collaboration}")
            {
                return false;
            }

            await context.Response.WriteAsJsonAsync(change(federation.Shown), ProtocolJson.Default.Collaboration);
            return true;
        };
        var code = await CodeOfAsync(() => federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), Stop));
        Assert.Empty(federation.Submitted);
        return code;
    }

    private static Attack Result(string name, string code, Action<FakeFederation, FakeRun, FakeRun> change) => new(name, "client", code, async _ =>
    {
        await using var federation = await FakeFederation.StartAsync("South");
        federation.Answer = (_, run) => run.Succeed("{}"u8.ToArray());
        var submitted = await federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), Stop);
        var (run, other) = (federation.Runs.Values.First(), federation.Runs.Values.Last());
        change(federation, run, other);
        return await CodeOfAsync(async () =>
        {
            var client = federation.Client();
            await using var opened = await client.OpenResultAsync(await client.GetTaskAsync(submitted.Id, Stop), run.Id, null, Stop);
            await opened.Body.CopyToAsync(Stream.Null, Stop);
        });
    });

    /// <summary>Handed out again, and worked on once more, to another answer.</summary>
    private static FakeEnd Later(FakeRun run) => run.Succeed("[]"u8.ToArray(), epoch: 2);

    private static void Forge(FakeRun run, Partner by)
    {
        var honest = Vantage.Protocol.Signatures.SignedDocument.ReadUnverified(run.End!.Receipt!, SignedJson.Default.OuterReceipt);
        run.End = run.End with { Receipt = Vantage.Protocol.Receipts.ReceiptVerifier.Sign(honest, by.NodeKey, by.NodeChain) };
    }

    private static async Task<string?> CodeOfAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (VantageException e)
        {
            return e.Code;
        }
    }
}
