using System.Text;
using Vantage.NodeAgent.Egress;

namespace Vantage.Tests.NodeAgent.Egress;

public sealed class ProxyRequestTests
{
    [Theory]
    [InlineData("CONNECT Terms.Example.org:443 HTTP/1.1", "terms.example.org:443")]
    [InlineData("CONNECT user@terms.example.org:443 HTTP/1.1", "user@terms.example.org:443")]
    public void ATunnel_IsAskedForByItsWholeAuthority(string line, string authority) =>
        Assert.Equal(new ProxyRequest.Tunnel(authority), Parse(line));

    [Theory]
    [InlineData("GET http://terms.example.org/a?b=c HTTP/1.1", "terms.example.org:80", "GET /a?b=c HTTP/1.1\r\nHost: terms.example.org\r\n")]
    [InlineData("GET HTTP://Terms.example.org:8080?q HTTP/1.0", "terms.example.org:8080", "GET /?q HTTP/1.1\r\nHost: terms.example.org:8080\r\n")]
    [InlineData("GET http://user:pw@terms.example.org/ HTTP/1.1", "user:pw@terms.example.org", "GET / HTTP/1.1\r\n")]
    [InlineData("GET http://[2001:db8::7]/ HTTP/1.1", "[2001:db8::7]:80", "GET / HTTP/1.1\r\nHost: [2001:db8::7]\r\n")]
    [InlineData("GET http://terms.example.org\\@evil/ HTTP/1.1", "terms.example.org\\@evil:80", "GET / ")]
    public void APlainRequest_GoesToTheHostThatItsAddressNames(string line, string authority, string head)
    {
        var plain = Assert.IsType<ProxyRequest.Plain>(Parse(line, "Host: other.example", "Proxy-Authorization: Basic eA==", "Connection: keep-alive, X-A", "X-A: 1"));

        Assert.Equal(authority, plain.Authority);
        var text = Encoding.ASCII.GetString(plain.Head);
        Assert.StartsWith(head, text, StringComparison.Ordinal);
        Assert.EndsWith("\r\nX-A: 1\r\n\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("other.example", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Proxy-", text, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("GET https://terms.example.org/ HTTP/1.1")]
    [InlineData("GET ftp://terms.example.org/ HTTP/1.1")]
    [InlineData("GET //terms.example.org/ HTTP/1.1")]
    [InlineData("GET http://terms.example.org/#x HTTP/1.1")]
    [InlineData("CONNECT terms.example.org:443")]
    [InlineData("CONNECT  terms.example.org:443 HTTP/1.1")]
    [InlineData("CONNECT terms.example.org:443 HTTP/2")]
    [InlineData("CONNECT terms.example.org:443\tHTTP/1.1")]
    [InlineData("CON\nNECT terms.example.org:443 HTTP/1.1")]
    [InlineData("CONNECT terms.example.org:443\0 HTTP/1.1")]
    [InlineData("CONNECT tërms.example.org:443 HTTP/1.1")]
    [InlineData("")]
    public void WhatCouldBeReadInTwoWays_IsNotRead(string line) => Assert.IsType<ProxyRequest.Malformed>(Parse(line));

    [Theory]
    [InlineData("Content-Length: 1", "Transfer-Encoding: chunked")]
    [InlineData("Content-Length: 1", "content-length: 2")]
    [InlineData("Transfer-Encoding : chunked", "X: 1")]
    [InlineData("X: 1", " folded: 2")]
    [InlineData("X", "Y: 1")]
    [InlineData("X: 1\rY: 2", "Z: 3")]
    public void HeadersThatCouldBeReadInTwoWays_AreNotRead(params string[] headers) =>
        Assert.IsType<ProxyRequest.Malformed>(Parse("POST http://terms.example.org/ HTTP/1.1", headers));

    private static ProxyRequest Parse(string line, params string[] headers) =>
        ProxyRequest.Parse(Encoding.UTF8.GetBytes(line + "\r\n" + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n"));
}
