using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Vantage.Client.Crates;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Client.Crates;

/// <summary>Three sites: one answered, one refused, one never ended its run.</summary>
public sealed class CrateTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private FakeFederation federation = null!;
    private TaskId task;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        federation = await FakeFederation.StartAsync("South", "East");
        federation.Answer = (site, run) => site.Root.Name switch
        {
            "North" => run.Succeed("{\"mean\":7}"u8.ToArray(), "a line\n"),
            "South" => run.Fail(RunOutcome.Refused, RunCodes.PolicyRefused, "Not for this purpose."),
            _ => null,
        };
        task = (await federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), Cancel)).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await federation.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task WhatWasExported_VerifiesAnywhere_FromItsRootsAlone_AsFolderAndAsArchive()
    {
        var exported = await ExportAsync("crate", results: true, payloads: true);
        await ExportAsync("crate.zip", results: true, payloads: false);

        Assert.Equal(exported.Manifest, Verify(folder["crate"]).Manifest);
        var verified = Verify(folder["crate.zip"]);

        Assert.Equal(task, verified.Task);
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Refused, null],
            federation.Partners.Select(site => verified.Runs.Single(run => run.Organization == site.Id).Outcome));
        Assert.Equal(2, verified.Runs.Count(run => run.Content is not null));
        Assert.Equal("{\"mean\":7}", await File.ReadAllTextAsync(Directory.GetFiles(folder["crate"], "result", SearchOption.AllDirectories).Single(), Cancel));
    }

    /// <summary>As the specification asks for: a descriptor, a root data set whose parts are all described, actions with instrument and agent.</summary>
    [Fact]
    public async Task TheDescription_IsARoCrateAndAProcessRunCrate()
    {
        await ExportAsync("crate", results: true, payloads: true);

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(folder["crate/ro-crate-metadata.json"], Cancel));
        var graph = json.RootElement.GetProperty("@graph").EnumerateArray().ToDictionary(entity => entity.GetProperty("@id").GetString()!);

        var descriptor = graph["ro-crate-metadata.json"];
        Assert.Equal("https://w3id.org/ro/crate/1.1", descriptor.GetProperty("conformsTo").GetProperty("@id").GetString());
        Assert.Equal("./", descriptor.GetProperty("about").GetProperty("@id").GetString());
        var root = graph["./"];
        Assert.All(["name", "description", "datePublished", "license"], member => Assert.True(root.TryGetProperty(member, out _), member));
        var files = Directory.GetFiles(folder["crate"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder["crate"], file)).ToHashSet();
        files.Remove("ro-crate-metadata.json");
        Assert.Equal(files, root.GetProperty("hasPart").EnumerateArray().Select(part => part.GetProperty("@id").GetString()!).ToHashSet());
        Assert.All(files, file => Assert.Equal("File", graph[file].GetProperty("@type").GetString()));
        var actions = root.GetProperty("mentions").EnumerateArray().Select(action => graph[action.GetProperty("@id").GetString()!]).ToList();
        Assert.Equal(3, actions.Count);
        Assert.All(actions, action =>
        {
            Assert.Equal("CreateAction", action.GetProperty("@type").GetString());
            Assert.Equal("SoftwareApplication", graph[action.GetProperty("instrument").GetProperty("@id").GetString()!].GetProperty("@type").GetString());
            Assert.Equal("Person", graph[action.GetProperty("agent").GetProperty("@id").GetString()!].GetProperty("@type").GetString());
        });
        Assert.All(Links(json.RootElement), id => Assert.True(graph.ContainsKey(id) || id.StartsWith("https://w3id.org/ro/", StringComparison.Ordinal), id));
    }

    /// <summary>Every file, in several ways, with the description as it was: at least a hundred and fifty changes.</summary>
    [Fact]
    public async Task AnySingleChange_IsNoticed_AndNamed()
    {
        await ExportAsync("crate", results: true, payloads: true);
        var changes = 0;
        foreach (var path in Directory.GetFiles(folder["crate"], "*", SearchOption.AllDirectories))
        {
            var good = await File.ReadAllBytesAsync(path, Cancel);
            foreach (var bad in Changed(good, seed: path.Length).Append(null))
            {
                if (bad is null)
                    File.Delete(path);
                else
                    await File.WriteAllBytesAsync(path, bad, Cancel);
                var refusal = Assert.Throws<VantageException>(() => Verify(folder["crate"]));
                Assert.Equal(ClientErrorCodes.CrateUntrusted, refusal.Code);
                await File.WriteAllBytesAsync(path, good, Cancel);
                changes++;
            }
        }

        await File.WriteAllTextAsync(folder["crate/extra.txt"], "hello", Cancel);
        Assert.Contains("extra.txt", Assert.Throws<VantageException>(() => Verify(folder["crate"])).What, StringComparison.Ordinal);
        Assert.True(changes > 150, $"{changes}");
    }

    /// <summary>By whoever writes the description anew too: then what is signed has to say so.</summary>
    [Fact]
    public async Task SwappedReceiptsAndResults_AreNamed_EvenIfTheDescriptionFits()
    {
        await ExportAsync("crate", results: true, payloads: false);
        var receipts = Directory.GetFiles(folder["crate"], "receipt.jws", SearchOption.AllDirectories);
        var (first, second) = (await File.ReadAllBytesAsync(receipts[0], Cancel), await File.ReadAllBytesAsync(receipts[1], Cancel));

        await File.WriteAllBytesAsync(receipts[0], second, Cancel);
        var swapped = Fault();
        await File.WriteAllBytesAsync(receipts[0], first, Cancel);
        var result = Directory.GetFiles(folder["crate"], "result", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(result, "{\"mean\":8}", Cancel);
        var altered = Fault();

        Assert.Equal(CrateFault.SignatureUntrusted, swapped.Fault);
        Assert.Equal(CrateFault.ContentAltered, altered.Fault);
        Assert.Equal(Path.GetRelativePath(folder["crate"], result), altered.File);
    }

    [Fact]
    public async Task ACrateOfOthers_IsRefused_WithoutTheirRoots()
    {
        await ExportAsync("crate", results: false, payloads: false);

        Assert.Throws<VantageException>(() => TaskCrate.Verify(folder["crate"], PinnedRoots.None, Partner.Now));
        Assert.Throws<VantageException>(() => TaskCrate.Verify(folder["crate"], new Partner("North", federation.Asker.Id).Trust, Partner.Now));
        Assert.Throws<VantageException>(() => TaskCrate.Verify(folder["crate"], federation.Asker.Trust, Partner.Now));
    }

    [Fact]
    public async Task AnArchiveThatReachesOutside_OrHoldsAFileTwice_IsRefused()
    {
        await ExportAsync("crate.zip", results: false, payloads: false);
        File.Copy(folder["crate.zip"], folder["twice.zip"]);
        foreach (var (archive, name) in new[] { ("crate.zip", "../outside"), ("twice.zip", "manifest.jws") })
        {
            using (var zip = ZipFile.Open(folder[archive], ZipArchiveMode.Update))
            await using (var stream = zip.CreateEntry(name).Open())
                await stream.WriteAsync("x"u8.ToArray(), Cancel);

            Assert.Throws<VantageException>(() => Verify(folder[archive]));
        }

        Assert.False(File.Exists(folder["outside"]));
    }

    private CrateException Fault()
    {
        using var files = CrateFiles.Of(folder["crate"]);
        return Assert.Throws<CrateException>(() => CrateContent.Verify(files.All, Trust, Partner.Now));
    }

    private ITrust Trust => new PinnedRoots(federation.Partners.Select(partner => PinnedRoot.Of(partner.Root)));

    private VerifiedCrate Verify(string path) => TaskCrate.Verify(path, Trust, Partner.Now);

    private async Task<VerifiedCrate> ExportAsync(string name, bool results, bool payloads)
    {
        var client = federation.Client();
        return await client.ExportTaskAsync(await client.GetTaskAsync(task, Cancel), folder[name], results, payloads, Cancel);
    }

    private static IEnumerable<byte[]> Changed(byte[] good, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 14; i++)
        {
            var bad = good.ToArray();
            var bit = random.Next(bad.Length * 8);
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return bad;
        }

        yield return good[..^1];
        yield return [.. good, (byte)'\n'];
        yield return [];
        yield return Encoding.UTF8.GetBytes("{}");
    }

    private static IEnumerable<string> Links(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member =>
            member.Name == "@id" ? [member.Value.GetString()!] : Links(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Links),
        _ => [],
    };
}
