package io.flashcall.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LineChartTest {

    @Test
    void each_line_has_a_path_a_mark_for_each_point_and_its_name() throws Exception {
        var chart = new LineChart("CPU & more", "calls a second", "µs");
        chart.add("flashcall", new TreeMap<>(Map.of(2_000.0, 20.0, 10_000.0, 15.0)));
        chart.add("SIPp", new TreeMap<>(Map.of(2_000.0, 80.0)));
        chart.add("nobody", new TreeMap<>());
        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("circle").getLength())
                .as("three points and two of the legend")
                .isEqualTo(5);
        assertThat(chart.svg())
                .contains("CPU &amp; more", ">flashcall<", ">SIPp<", ">80<", ">10,000<")
                .doesNotContain("nobody");
    }

    @Test
    void a_chart_without_lines_says_so() {
        assertThat(new LineChart("", "", "").hasLines()).isFalse();
    }
}
