using System.Text;
using System.Xml;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>A text of a workbook: plain, or in runs of different looks. How it is pronounced stands beside it and is left out.</summary>
internal static class SheetText
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

            return text.ToString();
        }
    }
}
