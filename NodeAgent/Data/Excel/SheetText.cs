using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>A text of a workbook: plain, or in runs of different looks. How it is pronounced stands beside it and is left out.</summary>
internal static partial class SheetText
{
    public static string Read(XmlReader element)
    {
        using (element)
        {
            var text = new StringBuilder();
            var (inText, inSound) = (false, 0);
            while (element.Read())
            {
                switch (element.NodeType)
                {
                    case XmlNodeType.Element when element.LocalName == "rPh" && !element.IsEmptyElement:
                        inSound++;
                        break;
                    case XmlNodeType.EndElement when element.LocalName == "rPh":
                        inSound--;
                        break;
                    case XmlNodeType.Element when element.LocalName == "t":
                        inText = !element.IsEmptyElement;
                        break;
                    case XmlNodeType.EndElement when element.LocalName == "t":
                        inText = false;
                        break;
                    case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when inText && inSound == 0:
                        text.Append(element.Value);
                        break;
                }
            }

            return Unescaped(text.ToString());
        }
    }

    /// <summary>ECMA-376, 22.9.2.19: what XML can't hold stands as <c>_x000D_</c>, and an underscore that would look so as <c>_x005F_</c>.</summary>
    public static string Unescaped(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text
        : Escape().Replace(text, match => $"{(char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)}");

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escape();
}
