using System.Text.Json;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.Desk;

/// <summary>One line of the node's catalogue: the newest version of a source that was seen.</summary>
internal sealed record DatasetVersion(string Id, int Version, string Digest, string Schema, DateTimeOffset Since);

/// <summary>The versions of the node's sources, in a file: a content or schema that is new gets the next number.</summary>
internal sealed class DatasetBook(string path, TimeProvider time)
{
    public DatasetVersion Note(Snapshot snapshot, string id)
    {
        var known = Read();
        var (digest, schema) = (snapshot.Content.ToString(), Schema(snapshot.Columns));
        var last = known.FirstOrDefault(version => version.Id == id);
        if (last is not null && last.Digest == digest && last.Schema == schema)
        {
            return last;
        }

        var next = new DatasetVersion(id, (last?.Version ?? 0) + 1, digest, schema, time.GetUtcNow());
        Durable.CreateFolder(Path.GetDirectoryName(path)!);
        Durable.Replace(path, JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<DatasetVersion>>(
            [.. known.Where(version => version.Id != id), next], VerbJson.Default.IReadOnlyListDatasetVersion));
        return next;
    }

    private IReadOnlyList<DatasetVersion> Read() => File.Exists(path)
        ? JsonSerializer.Deserialize(File.ReadAllBytes(path), VerbJson.Default.IReadOnlyListDatasetVersion) ?? []
        : [];

    private static string Schema(IReadOnlyList<ColumnSchema> columns) =>
        Digest.OfText(string.Concat(columns.Select(column => $"{column.Name}\u001F{column.Type}\n"))).ToString();
}
