using System.Text;
using Vantage.Client.Watching;

namespace Vantage.Tests.Client;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("id: 7\ndata: {\"a\":1}\n\n", "7|message|{\"a\":1}")]
    [InlineData("event: resync\ndata:\n\n", "|resync|")]
    [InlineData("event: task\nid: 8\ndata: one\ndata: two\n\n", "8|task|one\ntwo")]
    [InlineData("data:unspaced\r\n\r\n", "|message|unspaced")]
    [InlineData(": keep-alive\n\n", "||")]
    [InlineData("id: 9\n: welcome\n\n", "||\u00019||")]
    [InlineData("unknown: field\ndata: x\n\n", "|message|x")]
    [InlineData("data: cut off in the middle", "")]
    [InlineData("id: 1\ndata: a\n\nid: 2\ndata: b\n\n", "1|message|a\u00012|message|b")]
    public async Task AStream_IsReadAsTheStandardHasIt(string stream, string events)
    {
        var read = new List<string>();
        await foreach (var one in SseReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(stream)),
            TestContext.Current.CancellationToken))
        {
            read.Add($"{one.Id}|{one.Name}|{one.Data}");
        }

        Assert.Equal(events, string.Join('\u0001', read));
    }

    [Fact]
    public async Task AnEndlessEvent_IsNotBuffered()
    {
        var endless = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: "
            + new string('x', 1000) + "\n", 1000))));

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var _ in SseReader.ReadAsync(endless, TestContext.Current.CancellationToken))
            {
            }
        });
    }
}
