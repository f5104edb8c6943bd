using System.Net;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link.Transports;

namespace Vantage.Tests.NodeAgent.Link;

public sealed class TransportChoiceTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(20);
    private readonly TransportChoice auto = new(TransportSetting.Auto);

    [Fact]
    public void Auto_BeginsWithAWebSocket() => Assert.Equal(TransportKind.WebSocket, auto.Next(Now));

    [Fact]
    public void AfterAFallback_ItPollsForAWhileAndThenLooksAgain()
    {
        var after = auto.AfterFallback(Now);

        Assert.Equal(TransportKind.LongPoll, after.Next(Now + TransportChoice.PollFor - TimeSpan.FromSeconds(1)));
        Assert.Equal(TransportKind.WebSocket, after.Next(Now + TransportChoice.PollFor));
    }

    [Fact]
    public void WebSocketsThatNeverLast_AreGivenUp()
    {
        var once = auto.After(TransportKind.WebSocket, Short, cut: true, Now);
        var twice = once.After(TransportKind.WebSocket, Short, cut: true, Now);

        Assert.Equal(TransportKind.WebSocket, once.Next(Now));
        Assert.Equal(TransportKind.LongPoll, twice.Next(Now));
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(20, false)]
    public void AWebSocketThatLastedOrSaidGoodbye_ClearsTheRecord(int seconds, bool cut)
    {
        var after = auto.After(TransportKind.WebSocket, Short, cut: true, Now)
            .After(TransportKind.WebSocket, TimeSpan.FromSeconds(seconds), cut, Now)
            .After(TransportKind.WebSocket, Short, cut: true, Now);

        Assert.Equal(TransportKind.WebSocket, after.Next(Now));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, true)]
    [InlineData(HttpStatusCode.BadRequest, true)]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired, false)]
    public void RefusedUpgrade_IsPolledUnlessPollingWouldMeetTheSame(HttpStatusCode status, bool polls) =>
        Assert.Equal(polls, auto.PollsAfter(new UpgradeRefusedException(status, new IOException())));

    [Theory]
    [InlineData("WebSocket")]
    [InlineData("LongPoll")]
    public void ASetTransport_IsNeverLeft(string name)
    {
        var (choice, kind) = (new TransportChoice(Enum.Parse<TransportSetting>(name)), Enum.Parse<TransportKind>(name));

        Assert.Equal(kind, choice.After(TransportKind.WebSocket, Short, true, Now).AfterFallback(Now).Next(Now));
        Assert.False(choice.PollsAfter(new UpgradeRefusedException(HttpStatusCode.Forbidden, new IOException())));
    }
}
