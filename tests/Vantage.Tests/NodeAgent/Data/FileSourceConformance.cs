using System.Collections;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>What holds, beside that, for every source that is a file. Its table stands in the test's folder.</summary>
public abstract class FileSourceConformance : DataSourceConformance
{
    [Fact]
    public async Task AFileThatChangesWhileItIsRead_IsNotTaken()
    {
        var source = Table(25);
        var writes = 0;

        var refusal = await RefusalAsync(source, new(new LookedAt(["id", "value"], Write), null));

        Assert.NotEqual(0, writes);
        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.Contains("changed while it was read", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(SnapshotPath));

        void Write() => Assert.All(Directory.GetFiles(Folder).Except([SnapshotPath]), file => File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddSeconds(++writes)));
    }

    /// <summary>Names that are looked at when a source knows its own columns, and so has begun to read.</summary>
    private sealed class LookedAt(IReadOnlyList<string> names, Action look) : IReadOnlyList<string>
    {
        public int Count => names.Count;

        public string this[int index] => names[index];

        public IEnumerator<string> GetEnumerator()
        {
            look();
            return names.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
