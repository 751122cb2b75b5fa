"""A tabular list of a few invented notes, in the form of CDC's XML."""

TABULAR = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2027</version>
<chapter><name>4</name><desc>Metabolic (E00-E89)</desc>
 <excludes1><note>of newborns (P70-P74)</note></excludes1>
 <section id="E08-E13"><desc>Sugar</desc>
  <diag><name>E08</name><desc>Sugar sickness of a cause</desc>
   <codeFirst><note>the cause, such as:</note><note>ache (R52)</note></codeFirst></diag>
  <diag><name>E11</name><desc>Sugar sickness</desc>
   <inclusionTerm><note>sweet blood NOS</note></inclusionTerm>
   <excludes1><note>sickness of a cause (E08.-)</note><note>gestational (O24.4-)</note></excludes1>
   <useAdditionalCode><note>code to tell:</note><note>insulin (Z79.4)</note></useAdditionalCode>
   <diag><name>E11.2</name><desc>with kidneys</desc>
    <diag><name>E11.21</name><desc>with nephropathy</desc>
     <excludes2><note>other (N08)</note></excludes2></diag></diag></diag>
 </section></chapter>
<chapter><name>19</name><desc>Injuries (S00-T88)</desc>
 <section id="S50-S59"><desc>Arm</desc>
  <diag><name>S52</name><desc>Broken arm</desc>
   <sevenChrNote><note>a seventh character is added to S52</note></sevenChrNote>
   <sevenChrDef><extension char="A">first time</extension>
    <extension char="S">late effect</extension></sevenChrDef>
   <diag><name>S52.5</name><desc>low</desc>
    <sevenChrDef><extension char="A">first time, low</extension></sevenChrDef></diag>
   <diag><name>S52.9</name><desc>somewhere</desc></diag></diag></section>
 <section id="T07"><desc>Many</desc>
  <diag><name>T07</name><desc>Many injuries</desc>
   <excludes1><note>burns (T20-T32)</note></excludes1></diag></section></chapter>
<chapter><name>15</name><desc>Others</desc>
 <section id="N00-O99"><desc>Others</desc>
  <diag><name>N08</name><desc>kidneys</desc></diag><diag><name>O24</name><desc>birth</desc>
   <diag><name>O24.4</name><desc>birth sugar</desc></diag></diag>
  <diag><name>P70</name><desc>newborn</desc></diag><diag><name>R52</name><desc>ache</desc></diag>
  <diag><name>T20</name><desc>burn</desc></diag>
  <diag><name>Z79</name><desc>use</desc><diag><name>Z79.4</name><desc>insulin</desc></diag></diag>
 </section></chapter>
</ICD10CM.tabular>
"""
